/** Why an address is rejected; messages print it after the address. */
export type AddressProblem = {readonly problem: string};

const PARTS = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(.*)$/is;
const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(.*))?$/is;

/**
 * Parses `HOST`, `HOST:PORT` or `http(s)://[USER:PASSWORD@]HOST[:PORT][/PATH][?…]`. A missing scheme or port gets the
 * default. Stricter than `URL`, which accepts an empty port, reads `7` as 0.0.0.7 and drops tabs. As in `URL`, the
 * default port of the scheme (443, 80) reads as empty.
 */
export function parseAddress(
	text: string,
	usual: {
		readonly scheme: 'http' | 'https';
		readonly port: (protocol: 'http:' | 'https:') => number | undefined;
	},
): URL | AddressProblem {
	const [, scheme = usual.scheme, authority = '', rest = ''] = PARTS.exec(text) ?? [];
	const protocol = `${scheme.toLowerCase()}:`;
	if (protocol !== 'http:' && protocol !== 'https:') {
		return {problem: `invalid address: ${protocol}// is not supported`};
	}

	const [, host = '', port] = HOST_AND_PORT.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
	if (port === '') {
		return {problem: 'the port after “:” is missing'};
	}

	const written = `${scheme}://${authority}${rest}`;
	// `URL` drops control characters and turns `\` into `/`. Blanks are allowed in the query.
	const isClean = !/\p{Cc}|\s$/u.test(text) && !/[\s\\]/.test(authority + rest.replace(/[?#].*$/s, ''));
	if (!isClean || !isHost(host) || !isPort(port) || !URL.canParse(written)) {
		return {problem: 'invalid address'};
	}

	const url = new URL(written);
	if (port === undefined) {
		url.port = String(usual.port(protocol) ?? '');
	}

	return url;
}

/** False for an IPv4 address without exactly four parts; `URL` reads every host that ends in a number as IPv4. */
function isHost(host: string): boolean {
	const isNumeric = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i.test(host);
	return host !== '' && (!isNumeric || /^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(host));
}

function isPort(port: string | undefined): boolean {
	return port === undefined || (/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535);
}
