import {withoutSecrets} from './without-secrets.ts';

/** One `--source`, taken apart. URLs keep their credentials, and are never printed as they are. */
export type SourceSpec =
	| {readonly kind: 'kubelet'; readonly url: string}
	| {readonly kind: 'cadvisor'; readonly url: string}
	/** Without a URL, the cluster that the kubeconfig or the pod around names. */
	| {readonly kind: 'kubernetes'; readonly url: string | undefined}
	| {readonly kind: 'local'}
	| {readonly kind: 'demo'; readonly options: string};

/** What is wrong with a `--source`: the thing, the cause, and the fix, in one line. */
export type SourceProblem = {readonly problem: string};

const DEFAULTS = {
	kubelet: {scheme: 'https', port: 10_250, plainPort: 10_255},
	cadvisor: {scheme: 'http', port: 4194, plainPort: 4194},
} as const;

/**
 * Reads `kubernetes` (what kubectl would talk to), `kubernetes:https://HOST:6443`, `kubelet:https://HOST:10250`, `kubelet:HOST` (https, port 10250), `cadvisor:HOST` (http, port 4194), `local`,
 * `demo` and `demo:nodes=N,pods=M,seed=S`.
 */
export function parseSource(text: string): SourceSpec | SourceProblem {
	const [kind = '', ...rest] = text.split(':');
	const address = rest.join(':');
	const shown = withoutSecrets(text);
	switch (kind) {
		case 'kubernetes':
			return parseKubernetes(address, `--source ${shown}`);
		case 'local':
			return address === ''
				? {kind}
				: {problem: `--source ${shown}: local takes nothing after it; write --source local`};
		case 'demo':
			return {kind, options: address};
		case 'kubelet':
		case 'cadvisor':
			return parseAddress(kind, address, `--source ${shown}`);
		default:
			return {
				problem: `--source ${shown}: there is no source “${shown.split(':')[0]}”; use kubernetes, kubelet:URL, cadvisor:URL, local or demo`,
			};
	}
}

/** Heapster's `?insecure=…&useServiceAccount=…` may follow; whoever connects reads them. */
function parseKubernetes(address: string, shown: string): SourceSpec | SourceProblem {
	if (address === '') {
		return {kind: 'kubernetes', url: undefined};
	}

	const url = /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address) : undefined;
	if (url === undefined) {
		return {problem: `${shown}: this is no address; write kubernetes:https://HOST:6443, or kubernetes alone`};
	}

	return url.username === '' && url.password === ''
		? {kind: 'kubernetes', url: address}
		: {problem: `${shown}: credentials do not belong into the address; use --token-file or a kubeconfig`};
}

function parseAddress(
	kind: 'kubelet' | 'cadvisor',
	address: string,
	shown: string,
): SourceSpec | SourceProblem {
	const {scheme, port, plainPort} = DEFAULTS[kind];
	const example = `${kind}:${scheme}://HOST:${port}`;
	if (address === '') {
		return {problem: `${shown}: the address is missing; write ${example}`};
	}

	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
	let url: URL;
	try {
		url = new URL(hasScheme ? address : `${scheme}://${address}`);
	} catch {
		return {problem: `${shown}: this is no address; write ${example} (IPv6 in brackets)`};
	}

	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		return {problem: `${shown}: ${url.protocol}// is not spoken; write ${example}`};
	}

	if (url.search !== '' || url.hash !== '') {
		return {problem: `${shown}: an address ends with its path; write ${example}`};
	}

	// A port that is the scheme's own (443, 80) is not kept by URL, so look for one in the text.
	if (url.port === '' && !/^[^/]*:\d+(?:\/|$)/.test(address.replace(/^[a-z]+:\/\//i, ''))) {
		url.port = String(url.protocol === 'http:' ? plainPort : port);
	}

	return {kind, url: url.href.replace(/\/$/, '')};
}
