/** Whether a body is a page: what stands before a server answers with pages, an API does not. */
export function isMarkup(body: string): boolean {
	return /^\uFEFF?\s*<[!?a-z]/iu.test(body);
}

/** What a page says, as one line without its markup; other text as one line. */
export function withoutMarkup(body: string): string {
	const text = isMarkup(body)
		? body.slice(0, 10_000).replace(/<!--.*?-->|<(style|script)\b.*?(?:<\/\1[^>]*>|$)|<[^>]*(?:>|$)/gis, ' ')
		: body;
	return text.replace(/\s+/g, ' ').trim();
}
