/**
 * Removes possible secrets from the URI of a source or a store. The text may be an invalid URL and a password may hold
 * any character, so everything up to the last `@` is removed except `kind:https://`, and everything after `?` or `#`.
 */
export function withoutSecrets(text: string): string {
	const at = text.lastIndexOf('@');
	const start =
		/^(?:(?:kubernetes|kubelet|cadvisor|local|influxdb|prometheus|file):)?(?:(?:https?|ftp):\/\/)?/.exec(
			text,
		)?.[0] ?? '';
	const shown = at < start.length ? text : start + text.slice(at + 1);
	return shown.replace(/([?#])[\s\S]+$/, '$1…');
}
