import {parseAddress} from './address.ts';
import {withoutSecrets} from './without-secrets.ts';

/** A parsed `--source`. URLs may hold credentials; print them only through `withoutSecrets`. */
export type SourceSpec =
	| {readonly kind: 'kubelet'; readonly url: string}
	| {readonly kind: 'cadvisor'; readonly url: string}
	/** Without a URL, the cluster of the kubeconfig or of the pod's service account. */
	| {readonly kind: 'kubernetes'; readonly url: string | undefined}
	| {readonly kind: 'local'}
	/** Nothing is scraped: the store of `--history` is all there is. */
	| {readonly kind: 'history'}
	| {readonly kind: 'demo'; readonly options: string};

/** The first word of each kind of source. */
export const SOURCE_KINDS = Object.keys({
	kubernetes: true,
	kubelet: true,
	cadvisor: true,
	local: true,
	history: true,
	demo: true,
} satisfies Record<SourceSpec['kind'], true>);

/** Why a `--source` is invalid: the value, the cause and the fix, in one line without credentials. */
export type SourceProblem = {readonly problem: string};

const DEFAULTS = {
	kubelet: {scheme: 'https', port: 10_250, plainPort: 10_255},
	cadvisor: {scheme: 'http', port: 4194, plainPort: 4194},
} as const;

/**
 * Parses `kubernetes` (the cluster that kubectl would use), `kubernetes:https://HOST:6443`,
 * `kubelet:https://HOST:10250`, `kubelet:HOST` (https, port 10250), `cadvisor:HOST` (http, port 4194), `local`, `history`, `demo`
 * and `demo:nodes=N,pods=M,seed=S`. A problem begins with `named` and holds no credentials.
 */
export function parseSource(text: string, named = '--source'): SourceSpec | SourceProblem {
	const [kind = '', ...rest] = text.split(':');
	const address = rest.join(':');
	const shown = `${named} ${withoutSecrets(text)}`;
	switch (kind) {
		case 'kubernetes':
			return parseKubernetes(address, shown);
		case 'local':
		case 'history':
			return address === ''
				? {kind}
				: {problem: `${shown}: ${kind} takes no address; write --source ${kind}`};
		case 'demo':
			return {kind, options: address};
		case 'kubelet':
		case 'cadvisor':
			return parseNodeAddress(kind, address, shown);
		default:
			return {
				problem: `${shown}: unknown source “${withoutSecrets(text).split(':')[0]}”; use kubernetes, kubelet:URL, cadvisor:URL, local, history or demo`,
			};
	}
}

/** The URL may have Heapster's parameters (`?insecure=…&useServiceAccount=…`), decoded when connecting. */
function parseKubernetes(address: string, shown: string): SourceSpec | SourceProblem {
	if (address === '') {
		return {kind: 'kubernetes', url: undefined};
	}

	const fix = 'write kubernetes:https://HOST:6443, or only kubernetes';
	if (!/^https?:\/\//i.test(address)) {
		return {problem: `${shown}: invalid address; ${fix}`};
	}

	const url = parseAddress(address, {scheme: 'https', port: () => undefined});
	if (!(url instanceof URL)) {
		return {problem: `${shown}: ${url.problem}; ${fix}`};
	}

	return url.username === '' && url.password === ''
		? {kind: 'kubernetes', url: address}
		: {problem: `${shown}: an address cannot hold credentials; use --token-file or a kubeconfig`};
}

function parseNodeAddress(
	kind: 'kubelet' | 'cadvisor',
	address: string,
	shown: string,
): SourceSpec | SourceProblem {
	const {scheme, port, plainPort} = DEFAULTS[kind];
	const example = `${kind}:${scheme}://HOST:${port}`;
	if (address === '') {
		return {problem: `${shown}: the address is missing; write ${example}`};
	}

	const url = parseAddress(address, {
		scheme,
		port: protocol => (protocol === 'http:' ? plainPort : port),
	});
	if (!(url instanceof URL)) {
		return {problem: `${shown}: ${url.problem}; write ${example} (IPv6 in brackets)`};
	}

	return url.search === '' && url.hash === ''
		? {kind, url: url.href.replace(/\/$/, '')}
		: {problem: `${shown}: an address cannot have a query or “#”; write ${example}`};
}
