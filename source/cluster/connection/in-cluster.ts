import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {anonymousUser, type ClusterAccess, emptyCluster} from './access.ts';
import type {ConnectionEnvironment} from './options.ts';

/** https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
export const defaultServiceAccountDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The service account of the pod in which ktop runs; undefined outside a pod or without a mounted token. */
export async function findServiceAccount(
	surroundings: ConnectionEnvironment,
): Promise<ClusterAccess | undefined> {
	const host = surroundings.environment.KUBERNETES_SERVICE_HOST;
	const port = surroundings.environment.KUBERNETES_SERVICE_PORT;
	if (!host || !port) {
		return undefined;
	}
	const directory = surroundings.serviceAccountDirectory ?? defaultServiceAccountDirectory;
	const tokenFile = join(directory, 'token');
	const authority = join(directory, 'ca.crt');
	if (!(await isFile(tokenFile))) {
		return undefined;
	}
	return {
		origin: 'in-cluster',
		context: undefined,
		clusterName: 'in-cluster',
		userName: 'service account',
		namespace: await readNamespace(join(directory, 'namespace')),
		cluster: {
			...emptyCluster,
			server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
			certificateAuthority: (await isFile(authority)) ? {kind: 'file', path: authority} : undefined,
		},
		user: {...anonymousUser, tokenFile},
	};
}

const isFile = async (path: string): Promise<boolean> =>
	stat(path).then(
		found => found.isFile(),
		() => false,
	);

const readNamespace = async (path: string): Promise<string> =>
	readFile(path, 'utf8').then(
		text => text.trim() || 'default',
		() => 'default',
	);
