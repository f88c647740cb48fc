import type {ClusterContext} from '../../../metrics/model/cluster-context.ts';
import {KtopError} from '../../../metrics/model/failure.ts';
import {compareNatural} from '../../../metrics/view/natural-order.ts';
import {parseServer} from '../server-url.ts';
import type {Kubeconfig} from './kubeconfig.ts';
import {selectAccess} from './select.ts';

/** All contexts by name. One that is wrong has the reason, and hides no other. */
export function contextsOf(config: Kubeconfig): readonly ClusterContext[] {
	return [...config.contexts.names()].sort(compareNatural).map(name => contextOf(config, name));
}

function contextOf(config: Kubeconfig, name: string): ClusterContext {
	let known: Omit<ClusterContext, 'name' | 'problem'> = {
		cluster: undefined,
		host: undefined,
		namespace: 'default',
		user: undefined,
	};
	try {
		const context = config.contexts.get(name);
		known = {
			...known,
			cluster: context?.cluster,
			namespace: context?.namespace ?? known.namespace,
			user: context?.user,
		};
		const access = selectAccess(config, {context: name});
		const host = access?.cluster.server === undefined ? undefined : hostOf(access.cluster.server);
		return {...known, name, host, problem: host === undefined ? 'its cluster has no server' : undefined};
	} catch (error) {
		if (error instanceof KtopError) {
			return {...known, name, problem: error.message};
		}

		throw error;
	}
}

function hostOf(server: string): string {
	return new URL(parseServer(server).origin).host;
}
