import type {Failure} from '../../metrics/model/failure.ts';

/** Why the direct ways to a node are left out. */
export const IMPERSONATING: Failure = {
	code: 'unsupported',
	brief: '--as needs the proxy',
	message:
		'kubelets know nothing of acting as another user, and would answer with the rights of the real one',
	hint: 'drop --as, or grant that user nodes/proxy',
};

/** `proxied` is how the API server's proxy failed, where it was asked: some virtual nodes answer behind it. */
export function virtual(name: string, proxied?: Failure): Failure {
	const message = `${name} is a virtual node, without a kubelet to read directly`;
	return {
		code: 'unsupported',
		brief: 'virtual',
		message: proxied === undefined ? message : `${message}; by the API server’s proxy: ${proxied.message}`,
		hint:
			proxied?.code === 'forbidden'
				? proxied.hint
				: 'nothing is wrong; --via auto shows what the API server’s proxy or metrics-server knows of it',
	};
}

export function noAddress(name: string): Failure {
	return {
		code: 'unreachable',
		brief: 'no address',
		message: `node ${name} has no address of the types that are asked for`,
		hint: 'name others with --kubelet-address-types, or take --via proxy',
	};
}
