// A JSON Web Token with or without its signature.
const webToken = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/gu;
const bearerToken = /\b(bearer|basic)\s+\S+/giu;
const shortest = 6;

/** Replaces the given secrets, and everything that looks like a token, by `…`. */
export function redact(text: string, secrets: Iterable<string>): string {
	let shown = text;
	// Longest first, because a secret may contain another one.
	const known = [...secrets].filter(secret => secret.length >= shortest).sort((a, b) => b.length - a.length);
	for (const secret of known) {
		shown = shown.replaceAll(secret, '…');
	}
	return shown.replaceAll(webToken, '…').replaceAll(bearerToken, '$1 …');
}
