import {expect, test} from 'vitest';
import {isNodeInterface} from '../../source/metrics/node-interface.ts';

test.each([
	'eth0',
	'ens192',
	'enp3s0f1',
	'eno1',
	'bond0',
	'team0',
	'wlan0',
	'em1',
	'ib0',
	'Ethernet',
	'vlan100',
	'br0',
])('%s carries traffic of the node itself', name => {
	expect(isNodeInterface(name)).toBe(true);
});

test.each([
	'lo',
	'veth8a1b2c3',
	'cni0',
	'docker0',
	'br-4f2a',
	'cali06feff68252',
	'flannel.1',
	'cilium_host',
	'lxc123abc',
	'kube-ipvs0',
	'kube-bridge',
	'nodelocaldns',
	'ifb0',
	'dummy0',
	'tunl0',
	'vxlan.calico',
	'sit0',
	'ip6tnl0',
	'weave',
	'antrea-gw0',
	'eni0123456789a',
])('%s does not', name => {
	expect(isNodeInterface(name)).toBe(false);
});
