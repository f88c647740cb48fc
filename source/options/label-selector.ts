const PART = '[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?';
const KEY = `(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?${PART}`;
const VALUE = `(?:${PART})?`;
const SET = `\\(\\s*${VALUE}(?:\\s*,\\s*${VALUE})*\\s*\\)`;
const REQUIREMENT = `(?:!\\s*${KEY}|${KEY}(?:\\s*(?:==?|!=)\\s*${VALUE}|\\s+(?:not)?in\\s*${SET}|\\s*[<>]\\s*\\d+)?)`;
const SELECTOR = new RegExp(`^\\s*(?:${REQUIREMENT}(?:\\s*,\\s*${REQUIREMENT})*)?\\s*$`);

/**
 * Whether the API server takes the text as a `labelSelector` (`Parse` of k8s.io/apimachinery/pkg/labels): a wrong one is
 * told before anything is asked. Lengths are left to the server.
 */
export function isLabelSelector(text: string): boolean {
	return SELECTOR.test(text);
}
