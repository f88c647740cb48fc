/** What is wrong with an address, to be read after the address itself. */
export type AddressProblem = {readonly problem: string};

const PARTS = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(.*)$/is;
const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(.*))?$/is;

/**
 * The URL of `HOST`, `HOST:PORT` or `http(s)://[USER:PASSWORD@]HOST[:PORT][/PATH][?…]`. A missing scheme or port is
 * filled in; nothing else is, while `URL` alone takes an empty port for the default one, `7` for 0.0.0.7, and drops
 * tabs. The port of the scheme itself (443, 80) is not kept by `URL`.
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
		return {problem: `this is no address: ${protocol}// is not spoken`};
	}

	const [, host = '', port] = HOST_AND_PORT.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
	if (port === '') {
		return {problem: 'the port after “:” is missing'};
	}

	const written = `${scheme}://${authority}${rest}`;
	// Both would be dropped or turned into slashes; a blank is allowed in a query.
	const isClean = !/\p{Cc}|\s$/u.test(text) && !/[\s\\]/.test(authority + rest.replace(/[?#].*$/s, ''));
	if (!isClean || !isHost(host) || !isPort(port) || !URL.canParse(written)) {
		return {problem: 'this is no address'};
	}

	const url = new URL(written);
	if (port === undefined) {
		url.port = String(usual.port(protocol) ?? '');
	}

	return url;
}

/** A name that ends in a number is an IPv4 address, which must have its four parts. */
function isHost(host: string): boolean {
	const isNumeric = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i.test(host);
	return host !== '' && (!isNumeric || /^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(host));
}

function isPort(port: string | undefined): boolean {
	return port === undefined || (/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535);
}
