import {parseAddress} from './address.ts';
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
 * Reads `kubernetes` (what kubectl would talk to), `kubernetes:https://HOST:6443`, `kubelet:https://HOST:10250`,
 * `kubelet:HOST` (https, port 10250), `cadvisor:HOST` (http, port 4194), `local`, `demo` and
 * `demo:nodes=N,pods=M,seed=S`. A problem begins with `named`, and holds no credentials.
 */
export function parseSource(text: string, named = '--source'): SourceSpec | SourceProblem {
	const [kind = '', ...rest] = text.split(':');
	const address = rest.join(':');
	const shown = `${named} ${withoutSecrets(text)}`;
	switch (kind) {
		case 'kubernetes':
			return parseKubernetes(address, shown);
		case 'local':
			return address === ''
				? {kind}
				: {problem: `${shown}: local takes nothing after it; write --source local`};
		case 'demo':
			return {kind, options: address};
		case 'kubelet':
		case 'cadvisor':
			return parseNodeAddress(kind, address, shown);
		default:
			return {
				problem: `${shown}: there is no source “${withoutSecrets(text).split(':')[0]}”; use kubernetes, kubelet:URL, cadvisor:URL, local or demo`,
			};
	}
}

/** Heapster's `?insecure=…&useServiceAccount=…` may follow; the connection reads them. */
function parseKubernetes(address: string, shown: string): SourceSpec | SourceProblem {
	if (address === '') {
		return {kind: 'kubernetes', url: undefined};
	}

	const fix = 'write kubernetes:https://HOST:6443, or kubernetes alone';
	if (!/^https?:\/\//i.test(address)) {
		return {problem: `${shown}: this is no address; ${fix}`};
	}

	const url = parseAddress(address, {scheme: 'https', port: () => undefined});
	if (!(url instanceof URL)) {
		return {problem: `${shown}: ${url.problem}; ${fix}`};
	}

	return url.username === '' && url.password === ''
		? {kind: 'kubernetes', url: address}
		: {problem: `${shown}: credentials do not belong into the address; use --token-file or a kubeconfig`};
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
		: {problem: `${shown}: an address ends with its path; write ${example}`};
}
