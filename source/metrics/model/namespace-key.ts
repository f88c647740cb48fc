/** What tells namespaces apart: their names, and the names of their clusters where several are read. */
export function namespaceKey(namespace: string, cluster: string | undefined): string {
	return cluster === undefined ? namespace : `${namespace}/${cluster}`;
}

/** The name in a key: no namespace's name has a slash. */
export function namespaceOfKey(key: string): string {
	const end = key.indexOf('/');
	return end === -1 ? key : key.slice(0, end);
}
