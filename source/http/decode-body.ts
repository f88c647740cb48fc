import {reuseMemory} from './received-body.ts';

const TAKEN = Buffer.alloc(0);

/**
 * Decodes the body of an answer, which is empty afterwards: its memory is that of a later body, so that nothing of it may be kept.
 * The promises of a request wait for its answer so long that V8 moves them to the old generation. There they hold what they were
 * resolved with until the next full collection, also once they are dead.
 */
export function decodeBody<Decoded>(answer: {body: Buffer}, decode: (body: Buffer) => Decoded): Decoded {
	const {body} = answer;
	answer.body = TAKEN;
	const decoded = decode(body);
	reuseMemory(body);
	return decoded;
}
