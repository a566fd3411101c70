import { Body, Controller, Get, Module, Post, forwardRef, type DynamicModule } from '@nestjs/common';
import { IsString } from 'class-validator';
import { Public } from './access';
import { dto, form } from './dto';
import { RouteTable } from './route-table';

class Take {
  @IsString() what!: string;
}
@Controller('things')
class Good {
  @Get(':id') @Public() read(): object { return {}; }
  @Post() @Public() take(@Body(dto(Take)) body: Take): object { return body; }
  @Post('form') @Public() send(@Body(form()) body: object): object { return body; }
}
@Controller('open')
class WithoutAccess {
  @Get() read(): object { return {}; }
}
@Controller('loose')
class WithoutBody {
  @Post() @Public() take(@Body() body: object): object { return body; }
}
class Bare {}
const moduleOf = (controller: new () => unknown): { id: string; nest: new () => unknown } => {
  @Module({ controllers: [controller] })
  class Nest {}
  return { id: 'things', nest: Nest };
};

describe('the routes of the modules', () => {
  it('are known with who may call them', async () => {
    expect((await RouteTable.of([moduleOf(Good)])).routes.map(({ method, path, access }) => `${method} ${path} ${access.kind}`)).toEqual(['GET /things/:id public', 'POST /things public', 'POST /things/form public']);
  });
  it('are there once when several modules bring them, and belong to each', async () => {
    const { nest } = moduleOf(Good);
    const table = await RouteTable.of([{ id: 'things', nest }, { id: 'things-elsewhere', nest }]);
    expect([table.routes.length, table.modulesOf(Good)]).toEqual([3, ['things', 'things-elsewhere']]);
  });
  it('stop the start when one does not say who may call it', async () => {
    await expect(RouteTable.of([moduleOf(WithoutAccess)])).rejects.toThrow('things WithoutAccess.read does not say who may call it');
  });
  it('stop the start when one takes a body without saying what it is', async () => {
    await expect(RouteTable.of([moduleOf(WithoutBody)])).rejects.toThrow('things WithoutBody.take takes a body without saying what it is');
  });
  it.each<[string, () => DynamicModule['imports']]>([
    ['a dynamic module', () => [{ module: Bare, controllers: [WithoutAccess] }]],
    ['one that is being made', () => [Promise.resolve({ module: Bare, controllers: [WithoutAccess] })]],
    ['one below a dynamic module', () => [{ module: Bare, imports: [moduleOf(WithoutAccess).nest] }]],
    ['one that refers to it and back', () => [forwardRef(() => moduleOf(WithoutAccess).nest)]],
    ['one whose controller inherits it', () => [moduleOf(class extends WithoutAccess {}).nest]],
  ])('are found in %s', async (_where, imports) => {
    class Nest {}
    Module({ imports: [...(imports() ?? []), forwardRef(() => Nest)] })(Nest);
    await expect(RouteTable.of([{ id: 'things', nest: Nest }])).rejects.toThrow(/things \w*\.read does not say who may call it/);
  });
  it('are all that is served', async () => {
    const table = await RouteTable.of([moduleOf(Good)]);
    expect(() => table.refuseOthers([{ method: 'HEAD', url: '/things/:id' }, { method: 'POST', url: '/things' }, { method: 'GET', url: '/assets/*' }])).not.toThrow();
    expect(() => table.refuseOthers([{ method: 'GET', url: '/things' }])).toThrow('GET /things is in no controller of an installed module');
  });
});
