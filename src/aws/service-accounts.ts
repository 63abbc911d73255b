/**
 * Accounts of AWS itself that customers let into their buckets: load balancers of the regions before August 2022 write
 * their logs from one each, and billing reports come from one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * https://docs.aws.amazon.com/cur/latest/userguide/cur-s3.html
 */
export function isServiceAccount(account: string): boolean {
  return accounts.has(account);
}

const accounts = new Set(
  `127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 718504428378 383597477331
   600734575887 114774131450 783225319266 582318560864 985666609251 054676820928 156460612806 652711504416
   635631232127 009996457667 897822967062 076674570225 507241528517 048591011584 190560391635 638102146993
   037604701340 386209384616`.split(/\s+/),
);
