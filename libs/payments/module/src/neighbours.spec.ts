import { checkNeighbours } from './neighbours';

describe('neighbours in the configuration', () => {
  it('have one origin each, over HTTPS, to which their payers come back', () => {
    expect(() => checkNeighbours([{ clientId: 'glanafon', returnOrigin: 'https://apps.glanafon.example' }, { clientId: 'tried-out', returnOrigin: 'http://glanafon.localhost:4000' }])).not.toThrow();
  });
  it.each(['http://apps.glanafon.example', 'https://apps.glanafon.example/', 'https://apps.glanafon.example/payments', 'https://somebody@apps.glanafon.example', 'apps.glanafon.example', 'javascript:alert(1)', ''])('are refused at the start with "%s"', (returnOrigin) => {
    expect(() => checkNeighbours([{ clientId: 'glanafon', returnOrigin }])).toThrow('Write the origin of its app');
  });
  it('are refused twice', () => {
    const once = { clientId: 'glanafon', returnOrigin: 'https://apps.glanafon.example' };
    expect(() => checkNeighbours([once, once])).toThrow('has glanafon twice');
  });
});
