import type {Log} from '../../metrics/model/log.ts';
import type {AtTerminal} from './credentials/exec-credentials.ts';

/** The flags that select the cluster and user, named as in kubectl. */
export type ConnectionFlags = {
	/** The URL of `--source kubernetes:URL`, which replaces the kubeconfig. */
	readonly url?: string | undefined;
	readonly kubeconfig?: string | undefined;
	readonly context?: string | undefined;
	readonly cluster?: string | undefined;
	readonly user?: string | undefined;
	readonly namespace?: string | undefined;
	readonly server?: string | undefined;
	readonly token?: string | undefined;
	readonly tokenFile?: string | undefined;
	readonly as?: string | undefined;
	readonly asGroups?: readonly string[] | undefined;
	readonly asUid?: string | undefined;
	readonly clientCertificate?: string | undefined;
	readonly clientKey?: string | undefined;
	readonly certificateAuthority?: string | undefined;
	readonly tlsServerName?: string | undefined;
	readonly isInsecure?: boolean | undefined;
};

/** The environment of the process, passed as a value so that tests need no global state. */
export type ConnectionEnvironment = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly homeDirectory: string;
	/** Unix milliseconds. */
	readonly now: () => number;
	/** Whether an exec plugin may use the terminal now: there is one, and no screen is drawn on it. */
	readonly isInteractive: () => boolean;
	/** Called around each run of an exec plugin that may use the terminal. */
	readonly atTerminal?: AtTerminal | undefined;
	/** Whether a screen is drawn on the terminal, so that nothing may be printed. */
	readonly hasScreen?: (() => boolean) | undefined;
	/** Whether the cluster is read once, so that nothing of it is watched. */
	readonly isOnce?: boolean | undefined;
	/** Aborts when the connection is not needed any more: ends plugins, and an opening that still waits. */
	readonly signal?: AbortSignal | undefined;
	/** The folder of the service account in a pod. */
	readonly serviceAccountDirectory?: string | undefined;
	/** Undefined without `--log`. */
	readonly log?: Log | undefined;
};

export type ConnectionOptions = ConnectionFlags & ConnectionEnvironment;
