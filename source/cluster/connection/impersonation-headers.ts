import {KtopError} from '../../metrics/model/failure.ts';
import type {Impersonation} from './kubeconfig/kubeconfig.ts';

type Header = readonly [name: string, value: string];

/**
 * The headers of https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation; one
 * Impersonate-Group a group.
 *
 * @throws KtopError `usage` where a value cannot be a header.
 */
export function impersonationHeaders(impersonation: Impersonation | undefined): readonly Header[] {
	if (impersonation?.user === undefined) {
		return [];
	}
	const {user, uid, groups, extra} = impersonation;
	return [
		['Impersonate-User', headerValue(user, '--as')],
		...(uid === undefined ? [] : [['Impersonate-Uid', headerValue(uid, '--as-uid')] as const]),
		...groups.map((group): Header => ['Impersonate-Group', headerValue(group, '--as-group')]),
		...[...extra].flatMap(([key, values]) =>
			values.map(
				(value): Header => [`Impersonate-Extra-${escapeKey(key)}`, headerValue(value, 'as-user-extra')],
			),
		),
	];
}

/** Headers are bytes: text goes out as UTF-8, which Node.js writes byte by byte from a Latin-1 string. */
function headerValue(text: string, source: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
	if (/[\u0000-\u001F\u007F]/u.test(text)) {
		throw new KtopError({
			code: 'usage',
			brief: 'bad impersonation',
			message: `${source} holds a control character`,
			hint: 'give the plain name of the user or group',
		});
	}
	return Buffer.from(text, 'utf8').toString('latin1');
}

/** client-go escapes what no header name may hold, and % itself, byte by byte (`headerKeyEscape`). */
const escapeKey = (key: string): string =>
	[...Buffer.from(key, 'utf8')]
		.map(byte => {
			const character = String.fromCharCode(byte);
			const isPlain = /[!#$&'*+\-.^_`|~\dA-Za-z]/u.test(character);
			return isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');
