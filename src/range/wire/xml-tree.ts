import { SaxesParser } from 'saxes';
import { AwsError } from '../../aws/error.ts';
import { limits } from './limits.ts';

export interface XmlNode {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/** Throws S3's MalformedXML: only S3 and its kin are sent XML. */
export function parseXml(text: string): XmlNode {
  const parser = new SaxesParser();
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const path: XmlNode[] = [root];
  parser.on('error', () => {
    throw malformedXml();
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (path.length > limits.depth) throw malformedXml();
    const node: XmlNode = { name: localName(name), attributes, children: [], text: '' };
    path.at(-1)!.children.push(node);
    path.push(node);
  });
  parser.on('closetag', () => {
    path.pop();
  });
  const append = (data: string) => {
    path.at(-1)!.text += data;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.write(text).close();
  return root.children[0] ?? root;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function malformedXml(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
    { status: 400 },
  );
}
