import {nearest} from '../../../metrics/view/did-you-mean.ts';
import {anonymousUser, type ClusterAccess, emptyCluster} from '../access.ts';
import {oneLine} from '../one-line.ts';
import type {ConnectionFlags} from '../options.ts';
import {kubeconfigError} from './field-reader.ts';
import type {ContextEntry, Entries, Kubeconfig} from './kubeconfig.ts';

const listed = (names: readonly string[]): string => {
	const sorted = [...names].sort();
	if (sorted.length === 0) {
		return 'none';
	}
	const shown = sorted.slice(0, 12).join(', ');
	return oneLine(sorted.length > 12 ? `${shown}, and ${sorted.length - 12} more` : shown, 600);
};

const meant = (name: string, names: readonly string[]): string => {
	const near = nearest(name, names);
	return near === undefined ? '' : `did you mean "${oneLine(near, 100)}"? `;
};

/** The error for a name that is in none of the files, or for want of any file. */
const unknownName = ({files}: Kubeconfig, what: string, existing: string) =>
	files.length === 0
		? kubeconfigError(
				`${what} needs a kubeconfig, and there is none`,
				'set KUBECONFIG, or pass --kubeconfig FILE',
			)
		: kubeconfigError(`${what} does not exist in ${files.join(', ')}`, existing);

/**
 * The cluster and user of `--context` or of the current context; `--cluster` and `--user` override its parts. Undefined
 * if no context, cluster or user is selected.
 *
 * @throws KtopError `usage` for an unknown name, with the existing names.
 */
export function selectAccess(config: Kubeconfig, flags: ConnectionFlags): ClusterAccess | undefined {
	const name = flags.context || config.currentContext;
	const context =
		name === undefined ? undefined : findContext(config, name, flags.context ? '--context' : undefined);
	const clusterName = flags.cluster || context?.cluster;
	const userName = flags.user || context?.user;
	if (context === undefined && clusterName === undefined && userName === undefined) {
		return undefined;
	}
	return {
		origin: 'kubeconfig',
		context: name,
		clusterName,
		userName,
		namespace: context?.namespace ?? 'default',
		cluster:
			clusterName === undefined
				? emptyCluster
				: findEntry(config, config.clusters, 'cluster', clusterName, name),
		user: userName === undefined ? anonymousUser : findEntry(config, config.users, 'user', userName, name),
	};
}

function findContext(config: Kubeconfig, name: string, flag: string | undefined): ContextEntry {
	const context = config.contexts.get(name);
	if (context !== undefined) {
		return context;
	}
	throw unknownName(
		config,
		`${flag ?? 'current-context'} "${oneLine(name, 100)}"`,
		`${meant(name, config.contexts.names())}existing contexts: ${listed(config.contexts.names())}`,
	);
}

function findEntry<Entry>(
	config: Kubeconfig,
	entries: Entries<Entry>,
	kind: 'cluster' | 'user',
	name: string,
	context: string | undefined,
): Entry {
	const entry = entries.get(name);
	if (entry !== undefined) {
		return entry;
	}
	const asker = context === undefined ? `--${kind}` : `context "${oneLine(context, 100)}": ${kind}`;
	throw unknownName(
		config,
		`${asker} "${oneLine(name, 100)}"`,
		`existing ${kind}s: ${listed(entries.names())}`,
	);
}
