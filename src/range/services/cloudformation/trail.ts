import { parameters } from '../../chain/parameters.ts';
import type { TrailShape } from '../../operation.ts';

/** Where AWS prints records of CloudFormation. */
export const seen = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-api-logging-cloudtrail.html';

/** A record names a stack's parameters and never their values, whether or not they may be echoed, as that page shows. */
export const recipeTrail: TrailShape = {
  request(input) {
    const given = input['Parameters'] as readonly Readonly<Record<string, unknown>>[] | undefined;
    const Parameters = given?.map(({ ParameterValue: _, ...rest }) => rest);
    return parameters({ ...input, ...(Parameters === undefined ? {} : { Parameters }) });
  },
};
