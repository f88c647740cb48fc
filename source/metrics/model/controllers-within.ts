import type {Controllers} from './controller.ts';
import {isEverywhere} from './scope.ts';
import type {Scope} from './view.ts';
import {workloadId} from './workload.ts';

const NONE: Controllers = new Map();

/** Those of a cluster that a scope has as a whole: a node has pods of a controller, and no controllers. */
export function controllersWithin(
	controllers: Controllers,
	scope: Scope,
	cluster: string | undefined,
): Controllers {
	if (isEverywhere(scope)) {
		return controllers;
	}

	const {nodeId, podId, workloadId: id, namespaces} = scope;
	if (nodeId !== undefined || podId !== undefined || (scope.cluster ?? cluster) !== cluster) {
		return NONE;
	}

	return new Map(
		[...controllers].filter(
			([, controller]) =>
				(namespaces === undefined || namespaces.includes(controller.namespace)) &&
				(id === undefined || id === workloadId(controller, cluster)),
		),
	);
}
