import {KtopError} from '../metrics/model/failure.ts';
import {isRecent} from '../metrics/model/recent.ts';
import {systemErrorWords} from '../metrics/model/system-error.ts';
import {readBounded} from './read-bounded.ts';

/** Kubernetes rotates mounted tokens and requires clients to reread them at least once a minute. */
const REREAD_MS = 30_000;

/**
 * Returns the Authorization header from a token file. Rereads the file after 30 s, or when the clock was set back. If
 * that fails, keeps using the last token; throws `KtopError` if there is none.
 */
export function bearerTokenFromFile(path: string, now: () => number = Date.now): () => Promise<string> {
	let header: string | undefined;
	let readAtMs = Number.NEGATIVE_INFINITY;
	return async () => {
		if (header !== undefined && isRecent(readAtMs, now(), REREAD_MS)) {
			return header;
		}

		try {
			const token = (await readBounded(path)).toString().trim();
			if (token === '' || /[^\x21-\x7E]/.test(token)) {
				throw new Error(token === '' ? 'it is empty' : 'it must hold exactly one token');
			}

			header = `Bearer ${token}`;
			readAtMs = now();
		} catch (error) {
			if (header === undefined) {
				throw unreadable(path, error);
			}
		}

		return header;
	};
}

function unreadable(path: string, error: unknown): KtopError {
	const cause = error instanceof Error && !('code' in error) ? error.message : systemErrorWords(error);
	return new KtopError(
		{
			code: 'usage',
			brief: 'no token',
			message: `cannot use the token file ${path}: ${cause}`,
			hint: 'pass a readable file with one bearer token to --token-file',
		},
		{cause: error},
	);
}
