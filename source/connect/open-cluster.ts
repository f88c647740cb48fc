import type {ClusterAccess} from '../cluster/connection/access.ts';
import {apiFailure} from '../cluster/connection/api/api-failure.ts';
import {serverVersion} from '../cluster/connection/api/server-version.ts';
import type {Connection, ConnectionLabel} from '../cluster/connection/connection.ts';
import {findAccess} from '../cluster/connection/find-access.ts';
import {unusableKubeconfig} from '../cluster/connection/kubeconfig/unusable.ts';
import {openAccess} from '../cluster/connection/open-access.ts';
import type {ConnectionEnvironment, ConnectionOptions} from '../cluster/connection/options.ts';
import {describeObject} from '../cluster/description/describe.ts';
import {createInventory, type Inventory} from '../cluster/inventory/inventory.ts';
import type {InventoryScope} from '../cluster/inventory/target.ts';
import type {SourceOptions} from '../options/options.ts';
import type {OpenKubelet} from '../scrape/kubelet/open-kubelet.ts';
import {isOutage} from '../scrape/node/api-server-outage.ts';
import {type ClusterRoutes, createClusterRoutes} from '../scrape/node/cluster-routes.ts';
import {nodeTarget} from '../scrape/node/node-target.ts';
import {readAccess} from './access-files.ts';
import {followInventory} from './follow-inventory.ts';
import type {OpenSource} from './open-source.ts';

const VERSION_TIMEOUT_MS = 3000;

/** How long a start may take without a message. */
const PATIENCE_MS = 1500;

export type ClusterParts = {
	readonly access: ClusterAccess;
	readonly connection: Connection;
	readonly inventory: Inventory;
	readonly routes: ClusterRoutes;
};

/**
 * Opens the cluster given by the options and lists it; undefined if none is given and none is found. Throws `KtopError`
 * if nothing of it may be listed. Of several contexts, the first one is meant. `cluster` is the name of the cluster, where
 * several are read.
 */
export async function openCluster(
	url: string | undefined,
	options: SourceOptions,
	surroundings: ConnectionEnvironment,
	openKubelet?: OpenKubelet,
	cluster?: string,
): Promise<OpenSource | undefined> {
	const parts = await connectCluster(url, options, surroundings, openKubelet);
	if (parts === undefined) {
		return undefined;
	}

	const {access, connection, inventory, routes} = parts;
	const version = serverVersion(connection.api, {timeoutMs: VERSION_TIMEOUT_MS}).then(
		({gitVersion}) => gitVersion,
		() => undefined,
	);
	const close = async (): Promise<void> => {
		await inventory.close();
		await connection.close();
	};
	const {signal} = surroundings;
	const abort = (): void => void close();
	signal?.addEventListener('abort', abort, {once: true});
	const stopWaiting = tellOfWaiting(connection, surroundings);
	try {
		signal?.throwIfAborted();
		const source = await followInventory(inventory, node => nodeTarget(node, routes, cluster), {
			api: connection.api,
			selection: options.selection,
		});
		const problem = access.origin === 'in-cluster' && (await unusableKubeconfig(surroundings.environment));
		const kubernetesVersion = await version;
		return {
			...source,
			notices: () => [
				...(problem ? [`${problem}: the cluster of this pod is shown instead`] : []),
				...source.notices(),
			],
			label: describe(connection.label, kubernetesVersion),
			accessTo: () => access,
			describe: (object, signal) => describeObject(connection.api, object, signal),
			context: connection.label.context,
			kubernetesVersion,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	} finally {
		stopWaiting();
		signal?.removeEventListener('abort', abort);
	}
}

/** Prints what ktop is waiting for if the start takes long, unless there is a screen. The result cancels it. */
function tellOfWaiting({label, waitsFor}: Connection, {hasScreen}: ConnectionEnvironment): () => void {
	const timer = setTimeout(() => {
		if (process.stderr.isTTY && hasScreen?.() !== true) {
			process.stderr.write(`ktop: waiting for ${waitsFor() ?? label.server} …\n`);
		}
	}, PATIENCE_MS);
	return () => clearTimeout(timer);
}

/** The connection, inventory and routes of a cluster, for `openCluster` and `doctor`. Sends nothing yet. */
export async function connectCluster(
	url: string | undefined,
	options: SourceOptions,
	surroundings: ConnectionEnvironment,
	openKubelet?: OpenKubelet,
): Promise<ClusterParts | undefined> {
	const access = await findAccess(connectionOptions(url, options, surroundings));
	if (access === undefined) {
		return undefined;
	}

	const connection = await openAccess(access, surroundings);
	const inventory = createInventory({
		api: connection.api,
		scope: scopeOf(options.selection, connection.label.namespace),
		isOnce: surroundings.isOnce,
		log: surroundings.log,
	});
	const {kubeletTls} = await readAccess(options.access);
	const {authorization, clientCertificate, authority, isImpersonating} = connection.kubeletCredentials;
	const routes = createClusterRoutes({
		via: options.polling.via,
		timeoutMs: options.polling.requestTimeoutMs,
		addressTypes: options.polling.addressTypes,
		kubeletTls: {...kubeletTls, ca: kubeletTls.ca ?? authority},
		kubeletCredentials: isImpersonating ? undefined : {authorization, clientCertificate},
		api: {get: connection.api.get, origin: connection.api.origin, failureOf: apiFailure},
		nodeOf: (namespace, name) => podsByName(inventory)(`${namespace}/${name}`),
		outage: () =>
			(['nodes', 'pods'] as const)
				.map(resource => inventory.status(resource).problem)
				.find(problem => problem !== undefined && isOutage(problem)),
		namespaces: () =>
			inventory.hasAllPods() ? undefined : (options.selection.namespaces ?? [connection.label.namespace]),
		isListed: name => inventory.nodes().has(name),
		nodeCount: () => inventory.nodes().size,
		openKubelet,
	});
	return {access, connection, inventory, routes};
}

/** metrics.k8s.io does not report a pod's node, so it is looked up here. The index is rebuilt after changes. */
function podsByName(inventory: Inventory): (name: string) => string | undefined {
	const known = INDEXES.get(inventory);
	if (known?.version === inventory.version()) {
		return known.nodeOf;
	}

	const nodes = new Map<string, string | undefined>();
	for (const {namespace, name, nodeName} of inventory.pods().values()) {
		nodes.set(`${namespace}/${name}`, nodeName);
	}

	const nodeOf = (name: string): string | undefined => nodes.get(name);
	INDEXES.set(inventory, {version: inventory.version(), nodeOf});
	return nodeOf;
}

const INDEXES = new WeakMap<
	Inventory,
	{readonly version: number; readonly nodeOf: (name: string) => string | undefined}
>();

function connectionOptions(
	url: string | undefined,
	{cluster: {contexts, ...cluster}, access, selection: {namespaces}}: SourceOptions,
	surroundings: ConnectionEnvironment,
): ConnectionOptions {
	return {
		...surroundings,
		...cluster,
		context: contexts[0],
		url,
		namespace: namespaces?.[0],
		token: access.token,
		tokenFile: access.tokenFile,
		clientCertificate: access.clientCertificateFile,
		clientKey: access.clientKeyFile,
		certificateAuthority: access.authorityFile,
		isInsecure: access.isInsecure,
	};
}

function scopeOf(
	{namespaces, selector, nodeName}: SourceOptions['selection'],
	contextNamespace: string,
): InventoryScope {
	return {
		namespaces,
		fallbackNamespaces: [contextNamespace],
		podSelector: selector,
		nodeName,
	};
}

function describe({context, cluster, server, user}: ConnectionLabel, version: string | undefined): string {
	return [context ?? cluster ?? server, version, user && `as ${user}`]
		.filter(part => part !== undefined)
		.join(' ');
}
