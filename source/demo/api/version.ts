import type {JsonFields} from '../json-fields.ts';

/** The version of the API server and of all kubelets. */
export const CLUSTER_VERSION = 'v1.36.2';

/** The response of /version (k8s.io/apimachinery/pkg/version Info). */
export const VERSION_INFO: JsonFields = {
	major: '1',
	minor: '36',
	gitVersion: CLUSTER_VERSION,
	gitTreeState: 'clean',
	compiler: 'gc',
	platform: 'linux/amd64',
};
