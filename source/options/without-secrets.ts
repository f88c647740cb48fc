/**
 * The text of a source or a store without what may be secret in it. It may be no URL at all, and a password may hold any
 * character, so all up to the last `@` goes, but for `kind:https://` in front of it; and so does what follows a `?` or
 * `#`.
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
