import { AwsError } from '../../../aws/error.ts';
import { openMessage } from '../../chain/sealed-message.ts';
import { operation } from '../../operation.ts';

/** Why a call of EC2 was refused, for who may know. https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html */
export const DecodeAuthorizationMessage = operation<{ readonly EncodedMessage: string }>({
  handle({ EncodedMessage }, call) {
    const DecodedMessage = openMessage(EncodedMessage, call.ids.key('authorization-message'));
    // AWS documents the code; the text is ours.
    if (DecodedMessage === undefined)
      throw new AwsError('InvalidAuthorizationMessageException', 'The encoded message is not valid.');
    return { DecodedMessage };
  },
});
