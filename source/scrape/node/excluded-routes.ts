import type {Failure} from '../../metrics/model/failure.ts';

/** Why the direct routes to a node are excluded. */
export const IMPERSONATING: Failure = {
	code: 'unsupported',
	brief: '--as needs the proxy',
	message: 'kubelets do not support impersonation: a direct request would have the rights of the real user',
	hint: 'omit --as, or grant that user nodes/proxy',
};

/** `proxied` is the failure of the API server's proxy, if it was tried: some virtual nodes support it. */
export function virtual(name: string, proxied?: Failure): Failure {
	const message = `${name} is a virtual node without a kubelet`;
	return {
		code: 'unsupported',
		brief: 'virtual',
		message:
			proxied === undefined ? message : `${message}; through the API server’s proxy: ${proxied.message}`,
		hint:
			proxied?.code === 'forbidden'
				? proxied.hint
				: 'this is expected; --via auto also tries the API server’s proxy and metrics-server',
	};
}

export function noAddress(name: string): Failure {
	return {
		code: 'unreachable',
		brief: 'no address',
		message: `node ${name} has no address of the allowed types`,
		hint: 'allow other types with --kubelet-address-types, or use --via proxy',
	};
}
