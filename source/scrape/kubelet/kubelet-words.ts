import type {EndpointWords} from '../../http/endpoint.ts';

/** The name and flags of kubelets for messages and hints. */
export const KUBELET_WORDS: EndpointWords = {
	server: 'kubelet',
	caFlag: '--kubelet-ca FILE',
	insecureFlag: '--kubelet-insecure-tls',
	serverNameFlag: '--kubelet-server-name NAME',
	noCertificateHint:
		'kubectl get csr, then kubectl certificate approve NAME for the pending kubelet-serving request',
};
