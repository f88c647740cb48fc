import {KtopError} from '../../metrics/model/failure.ts';

export type ServerUrl = {
	readonly protocol: 'http:' | 'https:';
	/** Without path. */
	readonly origin: string;
	/** What stands before every path (`/k8s/clusters/c-x` at Rancher), or empty. No slash at its end. */
	readonly basePath: string;
};

const invalid = (problem: string): KtopError =>
	new KtopError({
		code: 'usage',
		brief: 'server invalid',
		// The text itself is not shown: it may hold a user and a password.
		message: `the server's address ${problem}`,
		hint: 'write it as https://HOST:6443',
	});

/**
 * The address of an API server as kubectl takes it; without a scheme it is http (client-go, `DefaultServerURL`).
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
		throw invalid('must not hold a user name or password');
	}
	return {protocol: url.protocol, origin: url.origin, basePath: url.pathname.replace(/\/+$/u, '')};
}
