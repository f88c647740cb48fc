import type {Failure} from '../../metrics/failure.ts';

/** Why the direct ways to a node are left out. */
export const IMPERSONATING: Failure = {
	code: 'unsupported',
	brief: '--as needs the proxy',
	message:
		'kubelets know nothing of acting as another user, and would answer with the rights of the real one',
	hint: 'drop --as, or grant that user nodes/proxy',
};

export function virtual(name: string): Failure {
	return {
		code: 'unsupported',
		brief: 'virtual',
		message: `${name} is a virtual node, without a kubelet to read`,
		hint: 'nothing is wrong; where metrics-server knows its pods, ktop shows those figures',
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
