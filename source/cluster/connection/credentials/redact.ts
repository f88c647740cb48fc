// A JSON Web Token, whole or without its signature.
const webToken = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/gu;
const bearerToken = /\b(bearer|basic)\s+\S+/giu;
const shortest = 6;

/** `text` without the given secrets, and without what looks like a token. */
export function redact(text: string, secrets: Iterable<string>): string {
	let shown = text;
	// Longest first, or a secret that holds another one would leave its rest.
	const known = [...secrets].filter(secret => secret.length >= shortest).sort((a, b) => b.length - a.length);
	for (const secret of known) {
		shown = shown.replaceAll(secret, '…');
	}
	return shown.replaceAll(webToken, '…').replaceAll(bearerToken, '$1 …');
}
