import type { App } from '../../src/app.ts';

export interface Route {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As it was registered, `/api/operator/teams/:id`. */
  url: string;
}

/** Every route that the server has, read from the tree that it prints of them. */
export function routesOf(server: App['server']): Route[] {
  const path: string[] = [];
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent, segment, methods] = /^([│ ]*)[├└]── (\S*)(?: \((.+)\))?$/.exec(line) ?? [];
      if (indent === undefined || segment === undefined) return [];
      path.splice(indent.length / 4, path.length, segment);
      // It prints a star without the slash before it.
      const url = path.join('').replace(/(?<=[^/])\*$/, '/*');
      return (methods?.split(', ') ?? []).map((method) => ({ method: method as Route['method'], url }));
    });
}

/** The name of a route, `PUT /api/operator/teams/:id/plan`. */
export function nameOf({ method, url }: Route): string {
  return `${method} ${url}`;
}
