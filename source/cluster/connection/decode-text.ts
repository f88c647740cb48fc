/**
 * Decodes a file or the output of a program: UTF-16 if it begins with that byte order mark, as redirected output of
 * PowerShell 5, else UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) {
		return new TextDecoder('utf-16le').decode(bytes);
	}
	if (first === 0xfe && second === 0xff) {
		return new TextDecoder('utf-16be').decode(bytes);
	}
	return new TextDecoder().decode(bytes);
}
