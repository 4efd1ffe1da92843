import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../../ui/page.tsx';

const route = getRouteApi('/signed-in/app/numbers/$id');

export function NumberPage() {
  const { id } = route.useParams();
  return <Page title={id}>{null}</Page>;
}
