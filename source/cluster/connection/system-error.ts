/** The code of a Node.js system error (`ENOENT`), for messages that must not quote the error. */
export function systemErrorCode(error: unknown): string {
	if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
		return error.code;
	}
	return 'unknown error';
}
