import {createReadStream} from 'node:fs';

/** More than any bundle of certificates or any token has. */
const SMALL_BYTES = 4 * 2 ** 20;

/**
 * The bytes of a file. Throws what the system says, and `EFBIG` where there are more than `mostBytes` (4 MiB): a wrong path may
 * lead to a disk image, or to a device without end.
 */
export async function readBounded(path: string, mostBytes = SMALL_BYTES): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of createReadStream(path, {end: mostBytes})) {
		chunks.push(chunk);
	}

	const bytes = Buffer.concat(chunks);
	if (bytes.length > mostBytes) {
		throw Object.assign(new Error('EFBIG: file too large, read'), {code: 'EFBIG'});
	}

	return bytes;
}
