import {KtopError} from '../../metrics/model/failure.ts';
import type {Impersonation} from './kubeconfig/kubeconfig.ts';

type Header = readonly [name: string, value: string];

/**
 * The headers of https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation, with one
 * Impersonate-Group per group.
 *
 * @throws KtopError `usage` for a value that cannot be a header.
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

/** Encodes text as UTF-8 in a Latin-1 string, which Node.js sends byte by byte. */
function headerValue(text: string, source: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are rejected here.
	if (/[\u0000-\u001F\u007F]/u.test(text)) {
		throw new KtopError({
			code: 'usage',
			brief: 'bad impersonation',
			message: `${source} contains a control character`,
			hint: 'pass the plain name of the user or group',
		});
	}
	return Buffer.from(text, 'utf8').toString('latin1');
}

/** Percent-encodes bytes that a header name cannot hold, like `headerKeyEscape` of client-go. */
const escapeKey = (key: string): string =>
	[...Buffer.from(key, 'utf8')]
		.map(byte => {
			const character = String.fromCharCode(byte);
			const isPlain = /[!#$&'*+\-.^_`|~\dA-Za-z]/u.test(character);
			return isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');
