export const CLUSTER_VERSION = 'v1.36.2';
