import { BlockList, isIP } from "node:net";

/** Whether a connection to this IP address may be made at all. */
export type Reachable = (address: string) => boolean;

function blocks(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = "", prefix = ""] = subnet.split("/");
    list.addSubnet(net, Number(prefix), isIP(net) === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

const loopback = blocks(["127.0.0.0/8", "::1/128"]);

/** Everything in the special-purpose registries of IANA that is not the public internet. */
const special = blocks([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
]);

/** The only IPv6 space handed out to the public. What embeds an IPv4 address (mapped, NAT64) lies outside. */
const global6 = blocks(["2000::/3"]);

const isIn = (list: BlockList, address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? "ipv6" : "ipv4");
};

export const isLoopback: Reachable = (address) => isIn(loopback, address);

export const isPublic: Reachable = (address) => {
  const family = isIP(address);
  if (family === 0 || isIn(special, address)) return false;
  return family === 4 || isIn(global6, address);
};
