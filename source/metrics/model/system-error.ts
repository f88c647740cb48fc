/** The code of a Node.js system error (`ENOENT`). */
export function systemErrorCode(error: unknown): string {
	if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
		return error.code;
	}
	return 'unknown error';
}

/**
 * What went wrong with a file, in words: `no such file or directory`. Of the error only those of the system are said, which
 * Node writes as `ENOENT: no such file or directory, open 'PATH'`; its code where it has none.
 */
export function systemErrorWords(error: unknown): string {
	const code = systemErrorCode(error);
	if (code === 'EISDIR') {
		// The system calls that an illegal operation.
		return 'it is a directory';
	}

	const [, words] =
		/\bE[A-Z0-9]+: ([a-z][a-zA-Z -]*)/.exec(error instanceof Error ? error.message : '') ?? [];
	return words?.trimEnd() ?? code;
}
