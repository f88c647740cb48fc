import type {ClusterEntry, UserEntry} from './kubeconfig/kubeconfig.ts';

/** The selected cluster and user, before connecting. */
export type ClusterAccess = {
	readonly origin: 'url' | 'kubeconfig' | 'in-cluster';
	readonly context: string | undefined;
	readonly clusterName: string | undefined;
	readonly userName: string | undefined;
	readonly namespace: string;
	readonly cluster: ClusterEntry;
	readonly user: UserEntry;
};

export const emptyCluster: ClusterEntry = {
	server: undefined,
	tlsServerName: undefined,
	isInsecure: false,
	certificateAuthority: undefined,
	proxyUrl: undefined,
	disableCompression: false,
	execConfig: undefined,
};

export const anonymousUser: UserEntry = {
	token: undefined,
	tokenFile: undefined,
	username: undefined,
	password: undefined,
	clientCertificate: undefined,
	clientKey: undefined,
	impersonation: undefined,
	authProvider: undefined,
	exec: undefined,
};
