import {KtopError} from '../../metrics/model/failure.ts';
import {anonymousUser, type ClusterAccess, emptyCluster} from './access.ts';
import {applyFlags} from './apply-flags.ts';
import {findServiceAccount} from './in-cluster.ts';
import {loadKubeconfig} from './kubeconfig/load.ts';
import {selectAccess} from './kubeconfig/select.ts';
import type {ConnectionOptions} from './options.ts';
import {parseServer} from './server-url.ts';
import {parseSourceUrl} from './source-url.ts';
import {validateAccess} from './validate-access.ts';

/**
 * Selects the cluster and user: an explicit URL, else the context of the kubeconfig, else the service account of the
 * pod. Undefined if there is none of them. Does not connect or run plugins.
 *
 * @throws KtopError `usage` if the selection is invalid.
 */
export async function findAccess(options: ConnectionOptions): Promise<ClusterAccess | undefined> {
	const found = await chooseAccess(options);
	if (found === undefined) {
		return undefined;
	}
	const access = applyFlags(found, options);
	validateAccess(access);
	refuseTokenInClear(access, options);
	return access;
}

async function chooseAccess(options: ConnectionOptions): Promise<ClusterAccess | undefined> {
	if (options.url !== undefined) {
		return parseSourceUrl(options.url, options);
	}
	const config = await loadKubeconfig({
		explicit: options.kubeconfig,
		environment: options.environment,
		homeDirectory: options.homeDirectory,
	});
	const selected = selectAccess(config, options);
	if (selected !== undefined) {
		return selected;
	}
	if (options.server) {
		return serverAlone;
	}
	if (options.kubeconfig && config.contexts.names().length === 0) {
		throw new KtopError({
			code: 'usage',
			brief: 'no context',
			message: `--kubeconfig ${options.kubeconfig}: it has no context`,
			hint: 'use a kubeconfig that works with kubectl, or omit --kubeconfig',
		});
	}
	const serviceAccount = options.kubeconfig ? undefined : await findServiceAccount(options);
	if (serviceAccount !== undefined || config.contexts.names().length === 0) {
		return serviceAccount;
	}
	throw new KtopError({
		code: 'usage',
		brief: 'no context chosen',
		message: `${config.files.join(', ')} has no current-context`,
		hint: `choose one with --context: ${[...config.contexts.names()].sort().slice(0, 12).join(', ')}`,
	});
}

const serverAlone: ClusterAccess = {
	origin: 'url',
	context: undefined,
	clusterName: undefined,
	userName: undefined,
	namespace: 'default',
	cluster: emptyCluster,
	user: anonymousUser,
};

/** kubectl silently drops credentials on plain http. For an explicit token, ktop reports an error instead. */
function refuseTokenInClear(access: ClusterAccess, options: ConnectionOptions): void {
	if (!options.token || parseServer(access.cluster.server ?? '').protocol !== 'http:') {
		return;
	}
	throw new KtopError({
		code: 'usage',
		brief: 'token over plain http',
		message: '--token would be sent unencrypted to a server with http://',
		hint: 'use the https:// address of the server, or omit --token',
	});
}
