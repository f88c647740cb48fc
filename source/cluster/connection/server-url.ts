import {KtopError} from '../../metrics/model/failure.ts';

export type ServerUrl = {
	readonly protocol: 'http:' | 'https:';
	/** Without a path. */
	readonly origin: string;
	/** The prefix of every path (`/k8s/clusters/c-x` in Rancher), without a trailing slash; may be empty. */
	readonly basePath: string;
};

const invalid = (problem: string): KtopError =>
	new KtopError({
		code: 'usage',
		brief: 'server invalid',
		// Does not quote the address, which may hold a user and password.
		message: `the server address ${problem}`,
		hint: 'use https://HOST:6443',
	});

/**
 * Parses the address of an API server like kubectl; the default scheme is http (client-go, `DefaultServerURL`).
 *
 * @throws KtopError `usage`
 */
export function parseServer(server: string): ServerUrl {
	const text = /^[a-z][a-z\d+.-]*:\/\//iu.test(server) ? server : `http://${server}`;
	if (!URL.canParse(text)) {
		throw invalid('is not a URL');
	}
	const url = new URL(text);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw invalid('must start with https:// or http://');
	}
	if (url.username !== '' || url.password !== '') {
		throw invalid('must not contain a user name or password');
	}
	return {protocol: url.protocol, origin: url.origin, basePath: url.pathname.replace(/\/+$/u, '')};
}
