import {readFile} from 'node:fs/promises';
import {KtopError} from '../metrics/model/failure.ts';

/** Kubernetes rotates mounted tokens; clients are to read them anew at least once a minute. */
const REREAD_MS = 30_000;

/**
 * The Authorization header from a token file that may be replaced while ktop runs. The file is read again after half
 * a minute; while it cannot be read, the token from before is used. Throws where there never was one.
 */
export function bearerTokenFromFile(path: string, now: () => number = Date.now): () => Promise<string> {
	let header: string | undefined;
	let readAtMs = Number.NEGATIVE_INFINITY;
	return async () => {
		if (header !== undefined && now() - readAtMs < REREAD_MS) {
			return header;
		}

		try {
			const token = (await readFile(path, 'utf8')).trim();
			if (token === '' || /[^\x21-\x7E]/.test(token)) {
				throw new Error(token === '' ? 'it is empty' : 'it holds more than one token');
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
	const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
	const cause = code ?? (error instanceof Error ? error.message : 'unknown');
	return new KtopError(
		{
			code: 'usage',
			brief: 'no token',
			message: `the token file ${path} cannot be used: ${cause}`,
			hint: 'give a readable file that holds one bearer token with --token-file',
		},
		{cause: error},
	);
}
