/** Whether a body is HTML or XML, which comes from a proxy or load balancer and not from the API. */
export function isMarkup(body: string): boolean {
	return /^\uFEFF?\s*<[!?a-z]/iu.test(body);
}

/** The text of a page without tags, styles and scripts, in one line. Other text is also put in one line. */
export function withoutMarkup(body: string): string {
	const text = isMarkup(body)
		? body.slice(0, 10_000).replace(/<!--.*?-->|<(style|script)\b.*?(?:<\/\1[^>]*>|$)|<[^>]*(?:>|$)/gis, ' ')
		: body;
	return text.replace(/\s+/g, ' ').trim();
}
