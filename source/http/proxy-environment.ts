import {BlockList, isIP} from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy URL for a server according to the environment, or undefined to connect directly.
 *
 * Follows Go's `http.ProxyFromEnvironment`, like kubectl: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, upper case before lower
 * case; no proxy for loopback addresses. NO_PROXY lists `*`, names (with their subdomains), `.name` (only subdomains),
 * addresses and CIDR ranges; names and addresses may have a port. ALL_PROXY is the fallback, as in curl.
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy
 */
export function proxyFromEnvironment(origin: string, environment: Environment): string | undefined {
	const url = new URL(origin);
	const isTls = url.protocol === 'https:';
	const proxy =
		(isTls ? variable(environment, 'HTTPS_PROXY') : plainProxy(environment)) ??
		variable(environment, 'ALL_PROXY');
	if (proxy === undefined) {
		return undefined;
	}
	const host = bareHost(url.hostname);
	if (isLoopback(host)) {
		return undefined;
	}
	const port = url.port || (isTls ? '443' : '80');
	const exceptions = (variable(environment, 'NO_PROXY') ?? '').split(',');
	if (exceptions.some(exception => isExempt(exception.trim().toLowerCase(), host, port))) {
		return undefined;
	}
	return proxy.includes('://') ? proxy : `http://${proxy}`;
}

const variable = (environment: Environment, name: string): string | undefined =>
	environment[name]?.trim() || environment[name.toLowerCase()]?.trim() || undefined;

// Ignored under CGI, where HTTP_PROXY comes from a request header of the client (https://httpoxy.org).
const plainProxy = (environment: Environment): string | undefined =>
	environment.REQUEST_METHOD ? undefined : variable(environment, 'HTTP_PROXY');

const bareHost = (host: string): string =>
	host
		.toLowerCase()
		.replace(/^\[|\]$/gu, '')
		.replace(/\.$/u, '');

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const isInRange = (host: string, network: string, prefix: number): boolean => {
	const range = new BlockList();
	range.addSubnet(network, prefix, family(network));
	return range.check(host, family(host));
};

const isLoopback = (host: string): boolean =>
	host === 'localhost' || host === '::1' || (isIP(host) === 4 && isInRange(host, '127.0.0.0', 8));

function isExempt(exception: string, host: string, port: string): boolean {
	if (exception === '') {
		return false;
	}
	if (exception === '*') {
		return true;
	}
	const [network = '', prefix] = exception.split('/');
	if (prefix !== undefined) {
		return isExemptRange(network, prefix, host);
	}
	if (isIP(exception) !== 0) {
		return exception === host;
	}
	const [, name = exception, onlyPort] = /^(.+):(\d+)$/u.exec(exception) ?? [];
	if (onlyPort !== undefined && onlyPort !== port) {
		return false;
	}
	const bare = bareHost(name);
	if (isIP(bare) !== 0) {
		return bare === host;
	}
	const domain = bare.replace(/^\*(?=\.)/u, '');
	return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

const isExemptRange = (network: string, prefix: string, host: string): boolean => {
	const bits = isIP(network) === 6 ? 128 : 32;
	const isRange = isIP(network) !== 0 && /^\d{1,3}$/u.test(prefix) && Number(prefix) <= bits;
	return isRange && isIP(host) !== 0 && isInRange(host, network, Number(prefix));
};
