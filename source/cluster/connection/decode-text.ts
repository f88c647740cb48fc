/**
 * The text of a file or a program's output: UTF-8, or UTF-16 where it begins with that byte order mark, as what
 * PowerShell 5 writes with `>` does.
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
