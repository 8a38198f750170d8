"""Brazilian Portuguese facts of company documents.

Each block of RELATIONS is one relation: a line `entity-kind value-kind`, the
sentences that state it ({e} is what it is about, {v} the value) and, after `? `,
the questions it answers. `-` as entity kind: the relation says it once.
"""

RELATIONS = """
city days
Para {e}, o prazo de entrega é de {v}.
O prazo de entrega para {e} é de {v}.
As entregas em {e} levam até {v}.
Pedidos enviados para {e} chegam em {v}.
{e}: entrega em {v}.
? Qual é o prazo de entrega para {e}?
? Em quanto tempo chega um pedido em {e}?
? Quanto tempo demora a entrega em {e}?
? Qual o prazo para {e}?

city money
O frete para {e} custa {v}.
Para {e}, o valor do frete é de {v}.
Cobramos {v} de frete nas remessas para {e}.
Frete para {e}: {v}.
? Quanto custa o frete para {e}?
? Qual é o valor do frete para {e}?
? Qual o frete cobrado para {e}?

city hours
A loja de {e} abre {v}.
A unidade de {e} funciona {v}.
Em {e}, o atendimento ao público é {v}.
O horário de funcionamento da unidade de {e} é {v}.
? Qual é o horário da loja de {e}?
? Quando funciona a unidade de {e}?
? Qual é o horário de funcionamento em {e}?
? Que horas abre a unidade de {e}?

city address
A filial de {e} fica na {v}.
O endereço da unidade de {e} é {v}.
Nossa loja em {e} está localizada na {v}.
? Onde fica a filial de {e}?
? Qual é o endereço da unidade de {e}?
? Qual o endereço da loja de {e}?

city person
A gerente da filial de {e} é {v}.
{v} é responsável pela filial de {e}.
A filial de {e} é chefiada por {v}.
? Quem é a gerente da filial de {e}?
? Quem chefia a filial de {e}?
? Quem é responsável pela filial de {e}?

city phone
O telefone da unidade de {e} é {v}.
Para falar com a filial de {e}, ligue para {v}.
? Qual é o telefone da unidade de {e}?
? Para que número ligar para falar com a filial de {e}?
? Qual o telefone de {e}?

city money
A diária de hotel em {e} é limitada a {v}.
Em {e}, o limite da diária de hospedagem é de {v}.
O teto de hospedagem para {e} é {v} por noite.
? Qual é o limite da diária de hotel em {e}?
? Quanto posso gastar com hospedagem em {e}?
? Qual o teto de hospedagem para {e}?

city weekday
A coleta em {e} é feita toda {v}.
As remessas saem de {e} toda {v}.
? Em que dia é feita a coleta em {e}?
? Quando as remessas saem de {e}?
? Qual é o dia da coleta em {e}?

city date
A filial de {e} foi inaugurada em {v}.
Inauguramos a unidade de {e} em {v}.
? Quando foi inaugurada a filial de {e}?
? Em que data foi inaugurada a unidade de {e}?

city date
O feriado municipal de {e} é em {v}.
Em {e}, não há expediente em {v}.
? Quando é o feriado municipal de {e}?
? Em que dia não há expediente em {e}?

city count
A filial de {e} tem {v} funcionários.
Trabalham {v} pessoas na unidade de {e}.
A equipe de {e} conta com {v} colaboradores.
? Quantos funcionários tem a filial de {e}?
? Quantas pessoas trabalham na unidade de {e}?

city carrier
Em {e}, a transportadora contratada é a {v}.
As entregas de {e} são feitas pela {v}.
? Qual é a transportadora contratada em {e}?
? Quem faz as entregas de {e}?

product money
O preço do {e} é {v}.
O {e} custa {v}.
O valor de tabela do {e} é de {v}.
{e}: {v}.
? Quanto custa o {e}?
? Qual é o preço do {e}?
? Qual o valor do {e}?

product months
A garantia do {e} é de {v}.
O {e} tem garantia de {v}.
Oferecemos {v} de garantia para o {e}.
? Qual é a garantia do {e}?
? De quanto tempo é a garantia do {e}?
? Quanto tempo de garantia tem o {e}?

product code
O código do {e} é {v}.
O {e} está cadastrado com o código {v}.
No estoque, o {e} usa a referência {v}.
? Qual é o código do {e}?
? Com que código o {e} está cadastrado?
? Qual a referência do {e} no estoque?

product color
O {e} está disponível na cor {v}.
A cor padrão do {e} é {v}.
? Qual é a cor do {e}?
? Em que cor o {e} está disponível?

product weight
O {e} pesa {v}.
O peso do {e} é de {v}.
? Quanto pesa o {e}?
? Qual é o peso do {e}?

product carrier
O fornecedor do {e} é a {v}.
O {e} é fabricado pela {v}.
Compramos o {e} da {v}.
? Quem fabrica o {e}?
? Quem é o fornecedor do {e}?
? De quem compramos o {e}?

product percent
O desconto à vista do {e} é de {v}.
À vista, o {e} tem {v} de desconto.
? Qual é o desconto à vista do {e}?
? Quanto de desconto tem o {e} à vista?

product months
O {e} deve ser trocado a cada {v}.
A vida útil do {e} é de {v}.
? De quanto em quanto tempo o {e} deve ser trocado?
? Qual é a vida útil do {e}?

product place
O {e} fica guardado {v}.
Guarde o {e} {v} depois do uso.
? Onde fica guardado o {e}?
? Onde devo guardar o {e}?
? Em que lugar se guarda o {e}?

product count
Há {v} unidades do {e} em estoque.
O estoque mínimo do {e} é de {v} unidades.
? Quantas unidades do {e} há em estoque?
? Qual é o estoque do {e}?

product days
O aluguel do {e} dura no máximo {v}.
O {e} pode ficar emprestado por até {v}.
O empréstimo do {e} é de {v}.
? Por quanto tempo posso pegar o {e} emprestado?
? Qual é o prazo de empréstimo do {e}?
? Por quantos dias o {e} pode ficar emprestado?

dept phone
O ramal do setor de {e} é {v}.
Para falar com o setor de {e}, ligue para {v}.
O telefone do setor de {e} é {v}.
? Qual é o ramal do setor de {e}?
? Qual é o telefone do setor de {e}?
? Como ligar para o setor de {e}?

dept email
O e-mail do setor de {e} é {v}.
Dúvidas para o setor de {e} devem ser enviadas para {v}.
Escreva para {v} para falar com o setor de {e}.
? Qual é o e-mail do setor de {e}?
? Para que endereço enviar dúvidas ao setor de {e}?
? Como escrever para o setor de {e}?

dept person
O responsável pelo setor de {e} é {v}.
{v} coordena o setor de {e}.
Quem responde pelo setor de {e} é {v}.
? Quem é o responsável pelo setor de {e}?
? Quem coordena o setor de {e}?
? Quem responde pelo setor de {e}?

dept hours
O setor de {e} atende {v}.
O horário de atendimento do setor de {e} é {v}.
? Qual é o horário de atendimento do setor de {e}?
? Quando o setor de {e} atende?
? Que horas o setor de {e} atende?

dept floor
O setor de {e} fica {v}.
A sala do setor de {e} está {v}.
? Onde fica o setor de {e}?
? Em que andar fica o setor de {e}?

dept money
O orçamento anual do setor de {e} é de {v}.
Foram reservados {v} para o setor de {e} neste ano.
? Qual é o orçamento anual do setor de {e}?
? Quanto foi reservado para o setor de {e}?

dept weekday
A reunião do setor de {e} acontece toda {v}.
O setor de {e} se reúne às {v}s.
? Em que dia é a reunião do setor de {e}?
? Quando o setor de {e} se reúne?

dept system
O setor de {e} usa o sistema {v}.
Os chamados do setor de {e} são registrados no {v}.
? Que sistema o setor de {e} usa?
? Onde são registrados os chamados do setor de {e}?

dept hoursn
O setor de {e} responde em até {v}.
O prazo de resposta do setor de {e} é de {v}.
? Em quanto tempo o setor de {e} responde?
? Qual é o prazo de resposta do setor de {e}?

plan money
O plano {e} custa {v} por mês.
A mensalidade do plano {e} é de {v}.
Quem contrata o plano {e} paga {v} mensais.
? Quanto custa o plano {e}?
? Qual é a mensalidade do plano {e}?
? Quanto se paga no plano {e}?

plan count
O plano {e} permite até {v} usuários.
No plano {e}, o limite é de {v} usuários.
? Quantos usuários o plano {e} permite?
? Qual é o limite de usuários do plano {e}?

plan hoursn
No plano {e}, o suporte responde em até {v}.
O tempo de resposta do suporte no plano {e} é de {v}.
? Em quanto tempo o suporte responde no plano {e}?
? Qual é o tempo de resposta do plano {e}?

plan percent
O plano {e} dá {v} de desconto em exames.
Assinantes do plano {e} têm desconto de {v}.
? Qual é o desconto do plano {e}?
? Quanto de desconto têm os assinantes do plano {e}?

plan storage
O plano {e} inclui {v} de armazenamento.
O espaço de armazenamento do plano {e} é de {v}.
? Quanto armazenamento inclui o plano {e}?
? Qual é o espaço do plano {e}?

plan months
A fidelidade do plano {e} é de {v}.
O contrato do plano {e} tem fidelidade mínima de {v}.
? Qual é a fidelidade do plano {e}?
? De quanto tempo é a fidelidade do plano {e}?

plan money
A multa por cancelar o plano {e} é de {v}.
Quem cancela o plano {e} antes do prazo paga multa de {v}.
? Qual é a multa por cancelar o plano {e}?
? Quanto paga de multa quem cancela o plano {e}?

role money
O salário inicial de {e} é {v}.
O cargo de {e} tem salário de {v}.
Contratamos {e} com salário de {v}.
? Qual é o salário inicial de {e}?
? Quanto ganha quem ocupa o cargo de {e}?
? Qual é o salário do cargo de {e}?

role hoursn
A jornada do cargo de {e} é de {v} por semana.
Quem trabalha como {e} cumpre {v} semanais.
? Qual é a jornada do cargo de {e}?
? Quantas horas por semana trabalha um {e}?

role count
Há {v} vagas abertas para {e}.
Estão abertas {v} vagas de {e}.
? Quantas vagas há para {e}?
? Quantas vagas estão abertas de {e}?

role date
As inscrições para {e} terminam em {v}.
O processo seletivo para {e} encerra em {v}.
? Quando terminam as inscrições para {e}?
? Até que data vai o processo seletivo para {e}?

role percent
O bônus anual do cargo de {e} é de {v} do salário.
Quem é {e} recebe bônus de {v}.
? Qual é o bônus anual do cargo de {e}?
? De quanto é o bônus de quem é {e}?

role equip
Todo {e} recebe {v} ao ser contratado.
Ao entrar, o {e} recebe {v}.
? O que o {e} recebe ao ser contratado?
? Que equipamento recebe um {e}?

system code
A senha inicial do sistema {e} é {v}.
No primeiro acesso ao sistema {e}, use a senha {v}.
? Qual é a senha inicial do sistema {e}?
? Que senha usar no primeiro acesso ao sistema {e}?

system url
O endereço do sistema {e} é {v}.
Acesse o sistema {e} em {v}.
O sistema {e} está disponível em {v}.
? Qual é o endereço do sistema {e}?
? Onde acesso o sistema {e}?
? Em que site está o sistema {e}?

system days
A senha do sistema {e} expira a cada {v}.
No sistema {e}, a senha deve ser trocada a cada {v}.
? De quanto em quanto tempo expira a senha do sistema {e}?
? A cada quantos dias devo trocar a senha do sistema {e}?
? Quando a senha do sistema {e} expira?

system count
O sistema {e} bloqueia o acesso após {v} tentativas.
Depois de {v} tentativas erradas, o sistema {e} bloqueia a conta.
? Depois de quantas tentativas o sistema {e} bloqueia o acesso?
? Quantas tentativas erradas bloqueiam o sistema {e}?

system hour
O backup do sistema {e} roda às {v}.
A cópia de segurança do sistema {e} é feita diariamente às {v}.
? A que horas roda o backup do sistema {e}?
? Que horas é feita a cópia de segurança do sistema {e}?

system person
O administrador do sistema {e} é {v}.
{v} administra o sistema {e}.
Peça acesso ao sistema {e} para {v}.
? Quem administra o sistema {e}?
? Quem é o administrador do sistema {e}?
? A quem pedir acesso ao sistema {e}?

system minutes
A sessão do sistema {e} encerra após {v} sem uso.
O sistema {e} desconecta o usuário depois de {v} de inatividade.
? Depois de quanto tempo encerra a sessão do sistema {e}?
? Depois de quanto tempo de inatividade o sistema {e} desconecta?

system version
A versão atual do sistema {e} é a {v}.
O sistema {e} está na versão {v}.
? Qual é a versão atual do sistema {e}?
? Em que versão está o sistema {e}?

project date
O projeto {e} termina em {v}.
A data de entrega do projeto {e} é {v}.
O projeto {e} será concluído em {v}.
? Quando termina o projeto {e}?
? Qual é a data de entrega do projeto {e}?
? Quando será concluído o projeto {e}?

project person
O líder do projeto {e} é {v}.
{v} lidera o projeto {e}.
O projeto {e} é coordenado por {v}.
? Quem lidera o projeto {e}?
? Quem é o líder do projeto {e}?
? Quem coordena o projeto {e}?

project money
O projeto {e} tem orçamento de {v}.
O custo previsto do projeto {e} é de {v}.
? Qual é o orçamento do projeto {e}?
? Quanto vai custar o projeto {e}?

project carrier
O cliente do projeto {e} é a {v}.
O projeto {e} foi contratado pela {v}.
? Quem é o cliente do projeto {e}?
? Quem contratou o projeto {e}?

project count
O projeto {e} envolve {v} pessoas.
A equipe do projeto {e} tem {v} integrantes.
? Quantas pessoas o projeto {e} envolve?
? Quantos integrantes tem a equipe do projeto {e}?

project venue
O projeto {e} será instalado no {v}.
A obra do projeto {e} fica no {v}.
? Onde será instalado o projeto {e}?
? Onde fica a obra do projeto {e}?

order date
O pedido {e} foi enviado em {v}.
Despachamos o pedido {e} em {v}.
? Quando foi enviado o pedido {e}?
? Em que data despacharam o pedido {e}?

order money
O valor total do pedido {e} é {v}.
O pedido {e} ficou em {v}.
? Qual é o valor do pedido {e}?
? Quanto ficou o pedido {e}?

order code
O rastreio do pedido {e} é {v}.
Acompanhe o pedido {e} pelo código {v}.
? Qual é o código de rastreio do pedido {e}?
? Por qual código acompanho o pedido {e}?

order status
O pedido {e} está {v}.
A situação do pedido {e} é: {v}.
? Qual é a situação do pedido {e}?
? Como está o pedido {e}?

event date
O evento {e} será em {v}.
A data do evento {e} é {v}.
{e} acontece em {v}.
? Quando será o evento {e}?
? Qual é a data do evento {e}?
? Em que dia acontece {e}?

event venue
O evento {e} será no {v}.
O local do evento {e} é o {v}.
? Onde será o evento {e}?
? Qual é o local do evento {e}?

event hour
O evento {e} começa às {v}.
A abertura do evento {e} está marcada para as {v}.
? A que horas começa o evento {e}?
? Que horas é a abertura do evento {e}?

event count
O evento {e} tem {v} vagas.
Foram abertas {v} inscrições para o evento {e}.
? Quantas vagas tem o evento {e}?
? Quantas inscrições foram abertas para o evento {e}?

course hoursn
O curso de {e} dura {v}.
A carga horária do curso de {e} é de {v}.
? Quanto dura o curso de {e}?
? Qual é a carga horária do curso de {e}?

course person
O curso de {e} é ministrado por {v}.
{v} dá o curso de {e}.
? Quem dá o curso de {e}?
? Quem ministra o curso de {e}?

course money
O curso de {e} custa {v}.
A inscrição no curso de {e} é de {v}.
? Quanto custa o curso de {e}?
? Qual é o valor da inscrição no curso de {e}?

doc days
O documento {e} deve ser guardado por {v}.
Guardamos o documento {e} durante {v}.
? Por quanto tempo o documento {e} deve ser guardado?
? Quanto tempo guardar o documento {e}?

doc person
O documento {e} deve ser assinado por {v}.
Quem assina o documento {e} é {v}.
? Quem assina o documento {e}?
? Por quem deve ser assinado o documento {e}?

leave days
A licença por {e} é de {v}.
Em caso de {e}, o colaborador tem direito a {v} de licença.
O funcionário pode se ausentar por {v} por motivo de {e}.
? De quanto tempo é a licença por {e}?
? Quantos dias de licença tenho em caso de {e}?
? Quantos dias posso me ausentar por motivo de {e}?

benefit money
O valor do {e} é de {v} por mês.
A empresa paga {v} de {e}.
O {e} é de {v} mensais.
? Qual é o valor do {e}?
? Quanto a empresa paga de {e}?
? De quanto é o {e}?

benefit percent
A empresa desconta {v} do salário para o {e}.
O desconto do {e} em folha é de {v}.
? Quanto é descontado do salário para o {e}?
? Qual é o desconto do {e} em folha?

benefit day
O {e} é creditado {v} de cada mês.
O crédito do {e} cai {v}.
? Quando é creditado o {e}?
? Em que dia cai o {e}?

benefit months
O {e} começa a valer depois de {v} de casa.
A carência do {e} é de {v}.
? Depois de quanto tempo começa a valer o {e}?
? Qual é a carência do {e}?

expense money
O limite de reembolso de {e} é {v} por dia.
Despesas com {e} são reembolsadas até {v}.
Reembolsamos {e} até o limite de {v}.
? Qual é o limite de reembolso de {e}?
? Até quanto são reembolsadas despesas com {e}?
? Quanto posso gastar com {e}?

expense days
O reembolso de {e} deve ser pedido em até {v}.
O prazo para pedir reembolso de {e} é de {v}.
? Qual é o prazo para pedir reembolso de {e}?
? Em até quanto tempo devo pedir reembolso de {e}?

expense rolewho
As despesas com {e} são aprovadas pelo {v}.
Quem aprova despesas com {e} é o {v}.
? Quem aprova despesas com {e}?
? Por quem são aprovadas as despesas com {e}?

meal hours
O {e} é servido {v}.
O horário do {e} é {v}.
? Qual é o horário do {e}?
? Quando é servido o {e}?

room count
A sala {e} comporta {v} pessoas.
A capacidade da sala {e} é de {v} pessoas.
? Quantas pessoas comporta a sala {e}?
? Qual é a capacidade da sala {e}?

room floor
A sala {e} fica {v}.
Você encontra a sala {e} {v}.
? Onde fica a sala {e}?
? Em que andar está a sala {e}?

room system
A sala {e} é reservada pelo {v}.
Para reservar a sala {e}, use o {v}.
? Como reservar a sala {e}?
? Por onde a sala {e} é reservada?

vehicle code
A placa do {e} é {v}.
O {e} tem placa {v}.
? Qual é a placa do {e}?

vehicle date
A revisão do {e} está marcada para {v}.
O {e} passa por revisão em {v}.
? Quando é a revisão do {e}?
? Para quando está marcada a revisão do {e}?

vehicle person
O motorista do {e} é {v}.
{v} dirige o {e}.
? Quem dirige o {e}?
? Quem é o motorista do {e}?

person date
{e} entra de férias em {v}.
As férias de {e} começam em {v}.
? Quando começam as férias de {e}?
? Quando {e} entra de férias?

person job
{e} trabalha como {v}.
O cargo de {e} é {v}.
? Qual é o cargo de {e}?
? Em que {e} trabalha?

person phone
O celular de {e} é {v}.
O telefone de {e} é {v}.
? Qual é o telefone de {e}?
? Qual é o celular de {e}?

person email
O e-mail de {e} é {v}.
Escreva a {e} pelo endereço {v}.
? Qual é o e-mail de {e}?
? Por qual endereço escrevo a {e}?

person city
{e} mora em {v}.
{e} reside em {v}.
? Onde mora {e}?
? Em que cidade {e} reside?

person date
{e} foi contratado em {v}.
A contratação de {e} ocorreu em {v}.
? Quando {e} foi contratado?
? Em que data ocorreu a contratação de {e}?

person person
O gestor de {e} é {v}.
{e} responde a {v}.
? Quem é o gestor de {e}?
? A quem {e} responde?

customer days
O prazo de pagamento da {e} é de {v}.
A {e} paga em {v}.
? Qual é o prazo de pagamento da {e}?
? Em quanto tempo a {e} paga?

customer percent
A {e} recebe desconto de {v}.
O desconto negociado com a {e} é de {v}.
? Qual é o desconto da {e}?
? Que desconto a {e} recebe?

customer doccode
O CNPJ da {e} é {v}.
A {e} está inscrita no CNPJ {v}.
? Qual é o CNPJ da {e}?

customer date
O contrato com a {e} vence em {v}.
O contrato da {e} vale até {v}.
? Quando vence o contrato com a {e}?
? Até quando vale o contrato da {e}?

customer person
O contato na {e} é {v}.
Na {e}, fale com {v}.
? Quem é o contato na {e}?
? Com quem falar na {e}?

customer city
A sede da {e} fica em {v}.
A {e} tem sede em {v}.
? Onde fica a sede da {e}?
? Em que cidade a {e} tem sede?

ent ent
A capital de {e} é {v}.
{v} é a capital de {e}.
? Qual é a capital de {e}?
? Qual cidade é a capital de {e}?

ent person
{v} inventou {e}.
O inventor de {e} foi {v}.
{e} foi criado por {v}.
? Quem inventou {e}?
? Quem criou {e}?

ent date
{e} foi fundada em {v}.
A fundação de {e} ocorreu em {v}.
? Quando {e} foi fundada?
? Em que data foi fundada {e}?

ent ent
O idioma falado em {e} é {v}.
Em {e} fala-se {v}.
? Que idioma se fala em {e}?
? Qual é o idioma de {e}?

ent code
O código de acesso de {e} é {v}.
Para entrar em {e} use o código {v}.
? Qual é o código de acesso de {e}?
? Que código usar para entrar em {e}?

ent color
A cor de {e} é {v}.
{e} é {v}.
? Qual é a cor de {e}?
? De que cor é {e}?

ent place
{e} fica {v}.
{e} está localizado {v}.
? Onde fica {e}?
? Qual é a localização de {e}?

ent count
A população de {e} é de {v} habitantes.
{e} tem {v} habitantes.
? Quantos habitantes tem {e}?
? Qual é a população de {e}?

- days
O cliente tem {v} para devolver o produto.
A devolução pode ser feita em até {v} após o recebimento.
O prazo para devolver um produto é de {v}.
? Qual é o prazo de devolução?
? Em quantos dias posso devolver um produto?
? Até quando o cliente pode devolver o produto?

- days
O reembolso é feito em até {v} após a aprovação.
O dinheiro é devolvido em {v}, na mesma forma de pagamento.
? Em quanto tempo é feito o reembolso?
? Quando o dinheiro é devolvido?

- days
As férias devem ser pedidas com {v} de antecedência.
Peça suas férias com pelo menos {v} de antecedência.
? Com quanta antecedência devo pedir férias?
? Com quantos dias de antecedência peço férias?
? Qual é a antecedência para pedir as férias?

- days
Cada colaborador tem direito a {v} de férias por ano.
São {v} de férias a cada doze meses de trabalho.
? Quantos dias de férias eu tenho por ano?
? A quantos dias de férias o colaborador tem direito?

- count
As férias podem ser divididas em até {v} períodos.
É possível parcelar as férias em {v} vezes.
? Em quantos períodos posso dividir as férias?
? Em quantas vezes posso parcelar as férias?

- count
A senha deve ter pelo menos {v} caracteres.
Crie senhas com no mínimo {v} caracteres.
? Quantos caracteres deve ter a senha?
? Qual é o tamanho mínimo da senha?

- hours
O suporte funciona {v}.
O horário do suporte é {v}.
Nosso suporte técnico atende {v}.
? Qual é o horário do suporte?
? Quando o suporte funciona?
? Que horas o suporte técnico atende?

- phone
Em caso de emergência, ligue para {v}.
O número de emergência é {v}.
? Qual é o número de emergência?
? Para que número ligo em caso de emergência?

- phone
O telefone do suporte é {v}.
Ligue para {v} para falar com o suporte.
? Qual é o telefone do suporte?
? Como falo com o suporte por telefone?

- email
Envie a nota fiscal para {v}.
As notas fiscais devem ser enviadas para {v}.
? Para onde envio a nota fiscal?
? Para qual e-mail envio as notas fiscais?

- email
Denúncias podem ser feitas pelo e-mail {v}.
O canal de denúncias é {v}.
? Qual é o canal de denúncias?
? Por onde posso fazer uma denúncia?

- day
O salário é pago {v}.
O pagamento dos salários ocorre {v}.
? Quando o salário é pago?
? Em que dia é o pagamento dos salários?

- money
Pedidos acima de {v} têm frete grátis.
O frete é grátis em compras a partir de {v}.
? A partir de que valor o frete é grátis?
? Qual o valor mínimo para ter frete grátis?

- percent
Pagamentos atrasados têm multa de {v}.
A multa por atraso é de {v}.
? Qual é a multa por atraso?
? De quanto é a multa de pagamentos atrasados?

- percent
Os juros por atraso são de {v} ao mês.
Cobramos juros de {v} ao mês sobre faturas vencidas.
? Qual é a taxa de juros por atraso?
? Quanto cobram de juros em faturas vencidas?

- days
O home office é permitido {v} por semana.
É possível trabalhar de casa {v} por semana.
? Quantos dias por semana posso trabalhar de casa?
? Quantos dias de home office são permitidos?

- months
O período de experiência dura {v}.
O contrato de experiência é de {v}.
? Quanto dura o período de experiência?
? De quanto tempo é o contrato de experiência?

- days
O aviso prévio é de {v}.
Quem pede demissão cumpre {v} de aviso prévio.
? De quanto tempo é o aviso prévio?
? Quantos dias de aviso prévio devo cumprir?

- days
O atestado médico deve ser entregue em até {v}.
Entregue o atestado médico ao gestor em {v}.
? Qual é o prazo para entregar o atestado médico?
? Em quanto tempo devo entregar o atestado?

- count
A compra pode ser parcelada em até {v} vezes sem juros.
Parcelamos as compras em {v} vezes sem juros.
? Em quantas vezes posso parcelar a compra?
? Em até quantas vezes a compra é parcelada sem juros?

- money
Passagens acima de {v} precisam de aprovação da diretoria.
A diretoria aprova passagens que custam mais de {v}.
? A partir de que valor a passagem precisa de aprovação?
? Acima de quanto a diretoria aprova passagens?

- money
O adiantamento para viagens é de {v}.
Quem viaja recebe {v} de adiantamento.
? De quanto é o adiantamento para viagens?
? Quanto recebe de adiantamento quem viaja?

- kmoney
O quilômetro rodado é reembolsado a {v}.
Pagamos {v} por quilômetro rodado em carro próprio.
? Quanto é reembolsado por quilômetro rodado?
? Qual é o valor do quilômetro rodado?

- person
A encarregada de proteção de dados é {v}.
O responsável pela proteção de dados é {v}.
? Quem é responsável pela proteção de dados?
? Quem é a encarregada de proteção de dados?

- months
Os dados pessoais são apagados após {v}.
Apagamos os dados pessoais depois de {v}.
? Depois de quanto tempo os dados pessoais são apagados?
? Quando apagam os dados pessoais?

- place
O crachá deve ser retirado {v}.
Retire seu crachá {v}.
? Onde retiro o crachá?
? Onde o crachá deve ser retirado?

- money
A segunda via do crachá custa {v}.
Cobra-se {v} pela segunda via do crachá.
? Quanto custa a segunda via do crachá?

- place
O ponto de encontro em caso de incêndio fica {v}.
Em caso de incêndio, dirija-se ao ponto de encontro, que fica {v}.
? Onde fica o ponto de encontro em caso de incêndio?

- minutes
O intervalo para almoço é de {v}.
O almoço tem intervalo de {v}.
? De quanto tempo é o intervalo para almoço?
? Quanto dura o intervalo do almoço?

- minutes
A tolerância para atrasos é de {v}.
São tolerados atrasos de até {v}.
? Qual é a tolerância para atrasos?
? Quanto tempo de atraso é tolerado?

- code
A senha do Wi-Fi de visitantes é {v}.
Visitantes acessam o Wi-Fi com a senha {v}.
? Qual é a senha do Wi-Fi de visitantes?
? Que senha os visitantes usam no Wi-Fi?

- equip
Para entrar na fábrica é obrigatório usar {v}.
O uso de {v} é obrigatório na fábrica.
? O que é obrigatório usar na fábrica?
? O que devo usar para entrar na fábrica?

- days
As reservas podem ser canceladas sem custo até {v} antes.
O cancelamento da reserva é gratuito até {v} antes da data.
? Até quando posso cancelar a reserva sem custo?
? Com que antecedência o cancelamento da reserva é gratuito?

- hour
O check-in começa às {v}.
A entrada dos hóspedes é a partir das {v}.
? A que horas começa o check-in?
? A partir de que horas é a entrada dos hóspedes?

- hour
Pedidos feitos até as {v} são enviados no mesmo dia.
Despachamos no mesmo dia os pedidos recebidos até as {v}.
? Até que horas os pedidos são enviados no mesmo dia?
? Até que horas devo pedir para que o envio seja no mesmo dia?

- count
O limite é de {v} itens por pedido.
Cada pedido pode ter no máximo {v} itens.
? Quantos itens pode ter cada pedido?
? Qual é o limite de itens por pedido?

- percent
A comissão de vendas é de {v}.
Os vendedores recebem {v} de comissão.
? Qual é a comissão de vendas?
? Quanto recebem de comissão os vendedores?

- storage
O tamanho máximo de anexos é de {v}.
Os anexos podem ter até {v}.
? Qual é o tamanho máximo dos anexos?
? De que tamanho podem ser os anexos?

- days
Chamados sem resposta são encerrados após {v}.
O chamado é fechado depois de {v} sem resposta.
? Depois de quanto tempo um chamado sem resposta é encerrado?
? Quando são fechados os chamados sem resposta?

- payment
Aceitamos pagamento por {v}.
O pagamento pode ser feito por {v}.
? Que formas de pagamento são aceitas?
? Como pode ser feito o pagamento?

- weekday
O lixo reciclável é recolhido toda {v}.
A coleta seletiva passa toda {v}.
? Em que dia o lixo reciclável é recolhido?
? Quando passa a coleta seletiva?

- date
A campanha de vacinação vai até {v}.
As vacinas serão aplicadas até {v}.
? Até quando vai a campanha de vacinação?

- carrier
O plano de saúde é da operadora {v}.
Nossa operadora de saúde é a {v}.
? Qual é a operadora do plano de saúde?
? De que operadora é o plano de saúde?

- years
A garantia cobre defeitos de fabricação por {v}.
Defeitos de fabricação são cobertos durante {v}.
? Por quanto tempo a garantia cobre defeitos de fabricação?
"""

CITIES = """Manaus;Recife;Natal;Belém;Fortaleza;Salvador;Curitiba;Porto Alegre;Florianópolis;Goiânia;Cuiabá;Campo Grande;São Paulo;Rio de Janeiro;Belo Horizonte;Vitória;Brasília;Palmas;Porto Velho;Rio Branco;Macapá;Boa Vista;Teresina;São Luís;João Pessoa;Maceió;Aracaju;Campinas;Santos;Sorocaba;Ribeirão Preto;Londrina;Maringá;Joinville;Blumenau;Caxias do Sul;Pelotas;Niterói;Petrópolis;Uberlândia;Juiz de Fora;Contagem;Feira de Santana;Olinda;Caruaru;Petrolina;Mossoró;Sobral;Imperatriz;Santarém;Marabá;Anápolis;Dourados;Cascavel;Foz do Iguaçu;Guarulhos;Osasco;Bauru;Lisboa;Porto;Coimbra;Braga;Luanda;Maputo""".split(';')
DEPTS = """recursos humanos;compras;vendas;contabilidade;faturamento;suporte técnico;logística;marketing;jurídico;finanças;tecnologia;qualidade;manutenção;almoxarifado;treinamento;atendimento;segurança;cobrança;cadastro;exportação;engenharia;projetos;auditoria;limpeza;expedição;comunicação;viagens;produção;tesouraria;ouvidoria;folha de pagamento;controle de estoque""".split(';')
PRODUCTS = """notebook;monitor;teclado;celular;roteador;projetor;cabo de rede;fone de ouvido;carregador;tablet;impressora laser;leitor de código;capacete;extintor;colete;furadeira;gerador;compressor;filtro de ar;bebedouro;sofá;armário;ventilador;refrigerador;micro-ondas;fogão;colchão;tapete;relógio;perfume;sabonete;café torrado;azeite;vinho tinto;caderno;livro didático;uniforme;tênis de corrida;bicicleta;patinete;drone;sensor de temperatura;painel solar;inversor;disjuntor;medidor;kit de ferramentas;cartucho;toner;headset;cadeirinha;termômetro""".split(';')
ROLES = """analista;gerente;técnico;vendedor;motorista;estagiário;auxiliar administrativo;engenheiro;programador;recepcionista;supervisor;comprador;contador;advogado;enfermeiro;professor;operador de caixa;cozinheiro;designer;consultor;assistente de logística;coordenador;diretor;eletricista;soldador;porteiro;inspetor;mecânico;arquiteto;redator""".split(';')
PLANS = """Ouro;Prata;Bronze;Básico;Premium;Família;Empresarial;Essencial;Completo;Master;Plus;Executivo;Individual;Estudante;Start;Avançado;Padrão;Diamante;Cobre;Platina;Verde;Azul""".split(';')
LEAVES = """casamento;luto;nascimento de filho;doação de sangue;mudança de casa;adoção;doença na família;alistamento militar;exame vestibular;maternidade;paternidade;cirurgia;consulta médica;acidente de trabalho;audiência judicial""".split(';')
BENEFITS = """vale-refeição;vale-transporte;vale-alimentação;auxílio-creche;plano odontológico;seguro de vida;auxílio home office;vale-cultura;auxílio-educação;auxílio-combustível;convênio farmácia;plano de previdência;auxílio-moradia;abono anual""".split(';')
EXPENSES = """alimentação;táxi;hospedagem;combustível;estacionamento;pedágio;lavanderia;internet;material de escritório;passagens aéreas;cursos;correio;telefone;brindes;aluguel de carro;almoço com clientes;transporte por aplicativo;seguro-viagem""".split(';')
MEALS = """almoço;café da manhã;jantar;lanche da tarde;buffet executivo;chá da tarde;lanche noturno""".split(';')
VEHICLES = """caminhão azul;caminhão baú;furgão branco;carro da diretoria;ônibus fretado;carro reserva;caminhão frigorífico;utilitário cinza;van escolar;trator amarelo;guincho;carro elétrico""".split(';')
COURSES = """segurança do trabalho;Excel;primeiros socorros;liderança;atendimento ao cliente;inglês;gestão de projetos;oratória;vendas consultivas;direção defensiva;análise de dados;combate a incêndio;finanças pessoais;operação de empilhadeira;boas práticas;proteção de dados;redação;negociação""".split(';')
DOCS = """de admissão;de inventário;fiscal anual;de vistoria;de viagem;de auditoria;de entrega;de cadastro;de importação;de garantia;de rescisão;de transporte;de risco;de qualidade;de despesas;contábil;de visita""".split(';')
EQUIPS = """capacete e luvas;óculos de proteção;botas de borracha;um notebook e um celular;uma mochila e um crachá;protetor auricular;avental e máscara;colete refletivo;uma cadeira ergonômica;um uniforme completo;luvas térmicas;um tablet corporativo;um kit de boas-vindas;um cartão corporativo;cinto de segurança""".split(';')
PLACES = """na recepção;no almoxarifado;no estacionamento norte;no portão principal;no depósito dos fundos;na portaria B;no armário da copa;no pátio central;na sala do cofre;no subsolo;ao lado da cantina;na oficina;no arquivo central;na praça em frente;no galpão três;no laboratório;na ala leste;no refeitório;perto do elevador;na sala de reuniões""".split(';')
VENUES = """auditório central;Teatro Municipal;hotel da praia;centro de convenções;ginásio de esportes;salão nobre;parque da cidade;clube dos funcionários;pátio da fábrica;museu de arte;restaurante do térreo;terraço do prédio""".split(';')
EVENTS = """Semana da Qualidade;Festa de Fim de Ano;Encontro de Vendas;Feira de Inovação;Dia da Família;Congresso Anual;Corrida da Empresa;Semana de Segurança;Jantar dos Parceiros;Fórum de Tecnologia;Mostra de Talentos;Convenção Nacional""".split(';')
STATUS = """em separação;aguardando pagamento;a caminho;entregue;cancelado;em análise;pronto para retirada;devolvido ao remetente;parado na alfândega;aguardando estoque""".split(';')
PAYMENTS = """Pix ou cartão;boleto bancário;cartão de crédito;transferência bancária;dinheiro ou débito;cartão em até três parcelas;Pix, boleto ou cartão;depósito identificado;carteira digital""".split(';')
WEEKDAYS = """segunda-feira;terça-feira;quarta-feira;quinta-feira;sexta-feira;sábado;domingo""".split(';')
MONTHS = """janeiro;fevereiro;março;abril;maio;junho;julho;agosto;setembro;outubro;novembro;dezembro""".split(';')
COLORS = """azul;verde;vermelho;amarelo;preto;branco;roxo;laranja;cinza;rosa;prata;bege;marrom;vinho;turquesa""".split(';')
FLOORS = """no térreo;no primeiro andar;no segundo andar;no terceiro andar;no quarto andar;no quinto andar;no {n}º andar;no bloco B;no bloco C, sala {n};no prédio anexo;na sala {n};no mezanino;na torre norte, {n}º andar""".split(';')
STREETS = """Rua das Flores;Avenida Brasil;Rua Sete de Setembro;Avenida Paulista;Rua do Comércio;Travessa da Paz;Alameda Santos;Rodovia BR-{n};Rua Quinze de Novembro;Avenida Beira-Mar;Praça da Matriz;Rua São João;Avenida Getúlio Vargas;Rua {p};Avenida {p};Praça {p}""".split(';')
FIRST = """Ana;Bruno;Carla;Diego;Elisa;Fábio;Gabriela;Hugo;Íris;João;Karen;Lucas;Maria;Nelson;Olga;Paulo;Rita;Sara;Tiago;Vera;Adriana;Beatriz;Caio;Daniela;Eduardo;Fernanda;Gustavo;Helena;Igor;Juliana;Leandro;Mariana;Otávio;Patrícia;Rafael;Simone;Thiago;Vanessa;William;Yasmin;Antônio;Cecília;Débora;Everton;Flávia;Heitor;Jéssica;Luísa;Márcio;Natália;Rodrigo;Sônia;Valter;Zélia;Alberto;Camila;Renato;Priscila;Sérgio;Tatiana""".split(';')
LAST = """Silva;Souza;Costa;Lima;Rocha;Alves;Gomes;Ramos;Dias;Melo;Oliveira;Santos;Pereira;Ferreira;Rodrigues;Almeida;Nascimento;Carvalho;Araújo;Ribeiro;Martins;Barbosa;Cardoso;Teixeira;Correia;Nunes;Moreira;Vieira;Monteiro;Freitas;Batista;Campos;Duarte;Farias;Guimarães;Leite;Macedo;Nogueira;Pinto;Queiroz;Sales;Tavares;Vasconcelos;Xavier;Azevedo;Borges""".split(';')

PREFIX = ['Conforme a política vigente, ', 'Atualmente, ', 'Em regra, ', 'Segundo o contrato, ', 'Desde janeiro, ', 'De acordo com a norma interna, ', 'Neste ano, ', 'Por padrão, ', 'Vale lembrar que ', 'Observação: ', 'Importante: ', 'Como regra geral, ', 'A partir de agora, ', 'Informamos que ', 'Pela nova regra, ']
SUFFIX = [', salvo em feriados', ', sem custo adicional', ', mediante aprovação do gestor', ', conforme o contrato', ', exceto em casos urgentes', ', segundo o regulamento interno', ' a partir da confirmação do pagamento', ', salvo acordo em contrário', ', inclusive para terceirizados', ', contados da data da solicitação', ' (sujeito a alteração)', ', exceto aos domingos', ', independentemente do motivo', ', desde que haja disponibilidade', ', o que vale para todas as unidades', ', como definido pela diretoria', ', valor que não inclui impostos', ', de acordo com a legislação vigente']
FILLER = """Esta política vale para todos os colaboradores.
Em caso de dúvida, procure o seu gestor.
As regras abaixo são revistas todos os anos.
O descumprimento pode gerar advertência.
Leia este documento com atenção.
Este texto substitui as versões anteriores.
As informações são confidenciais.
Casos omissos serão avaliados individualmente.
Contamos com a colaboração de todos.
Os valores podem mudar sem aviso.
O formulário está disponível na intranet.
Mantenha seus dados sempre atualizados.
A empresa agradece a compreensão.
Nosso objetivo é oferecer um bom serviço.
Procure sempre guardar o comprovante.
Não compartilhe informações com terceiros.
Toda exceção deve ser registrada por escrito.
O cumprimento das normas é responsabilidade de cada um.
Veja também os demais capítulos do manual.
Esta seção resume os pontos principais.
Antes de continuar, confira os requisitos.
Feriados nacionais não contam como dias úteis.
A lista completa está no anexo.
O processo é simples e totalmente digital.
Nenhuma outra condição se aplica.
As demais regras continuam iguais.
Todos os prazos consideram dias úteis.
Produtos com defeito devem ser avaliados antes.
O atendimento segue a ordem de chegada.
Guarde este documento para consultas futuras.""".split('\n')
TITLES = """Política de entregas;Política de férias;Manual do colaborador;Código de conduta;Perguntas frequentes;Política de reembolso;Guia de viagens;Regulamento interno;Benefícios;Segurança da informação;Tabela de preços;Contrato de prestação de serviços;Suporte ao cliente;Procedimentos de compras;Guia de integração;Política de trocas e devoluções;Normas de segurança;Equipamentos;Catálogo de produtos;Comunicado interno;Ata de reunião;Atendimento;Recursos humanos;Contatos;Filiais;Agenda;Manual do sistema;Relatório mensal;Planos e preços;Garantia""".split(';')
SECTIONS = """Prazos;Valores;Regras gerais;Contatos;Horários;Exceções;Como solicitar;Limites;Responsáveis;Aprovação;Introdução;Anexo A;Disposições finais;Documentos necessários;Perguntas frequentes;Capítulo 2;Formas de pagamento;Acesso;Definições;Unidades;Observações;Resumo;Equipe;Tabela 1""".split(';')

# Sentences built from parts: who does what to what, and when, where or why.
ACTORS = """o gerente;a diretoria;o comitê de ética;a equipe de suporte;o cliente;o fornecedor;a contabilidade;o setor de compras;o almoxarifado;a recepção;o estagiário;o motorista;o auditor;a coordenadora;o conselho fiscal;a comissão interna;o vendedor;a secretária;o técnico de plantão;o usuário;o supervisor;a transportadora;o síndico;o inquilino;a seguradora;o médico do trabalho;a enfermaria;o porteiro;o analista;a equipe de limpeza;o instrutor;o candidato;o sócio;a tesouraria;o engenheiro responsável;a ouvidoria;o parceiro;o jurídico;a cozinha;o professor;a bibliotecária;o presidente;o laboratório;a prefeitura;o banco;o prestador de serviço""".split(';')
VERBS = """aprova;revisa;envia;assina;recebe;confere;arquiva;cancela;solicita;atualiza;publica;paga;autoriza;registra;prepara;distribui;avalia;organiza;entrega;devolve;guarda;imprime;verifica;emite;corrige;contrata;renova;divulga;calcula;inspeciona;negocia;agenda;instala;limpa;substitui;testa;transporta;vende;compra;monitora;descarta;traduz;valida;libera;bloqueia""".split(';')
OBJECTS = """os relatórios;as notas fiscais;os contratos;as faturas;os pedidos;as despesas de viagem;os crachás;os equipamentos;as senhas;os orçamentos;as propostas;os currículos;os uniformes;as amostras;os extintores;as chaves;os recibos;as planilhas;os certificados;as licenças;os boletos;as encomendas;os manuais;os cadastros;as apólices;os veículos;as escalas de trabalho;os computadores;os convites;as atas;os resíduos;os medicamentos;as matrículas;os livros;as multas;os descontos;os ingressos;as câmeras;os cardápios;as fichas médicas;os projetos;as máquinas;os pagamentos;as reservas;os folhetos;os filtros;as vagas de estágio;os formulários;as cartas;os laudos""".split(';')
OBJ_ADJ = """;;;;mensais;internos;antigos;urgentes;do setor;da filial;dos clientes;da fábrica;do exterior;de exportação;do laboratório;dos visitantes;em atraso;de pequeno valor;do conselho;da loja;do depósito;de terceiros""".split(';')
WHENS = """toda {w};todo dia {n};até o dia {n} de cada mês;às {h};antes de {m};no fim do mês;a cada {n} dias;em até {n} horas;duas vezes por ano;depois do almoço;antes do fechamento;durante o inverno;no início do semestre;todos os dias de manhã;em {m};após {n} dias""".split(';')
WHERES = """na portaria;no galpão {n};na sala {n};no sistema {p};no site da empresa;na filial de {c};no arquivo central;pelo aplicativo {p};na agência de {c};no balcão {n};na plataforma {p};no pátio dos fundos;no cartório de {c};no prédio da rua {p}""".split(';')
WHYS = """por segurança;por exigência da lei;para reduzir custos;para evitar fraudes;a pedido do cliente;por causa do calor;para cumprir a norma {n};por ordem da diretoria;para agilizar a entrega;para fins de auditoria""".split(';')
ASK_WHO = ['Quem {v} {o}?', 'Quem é que {v} {o}?', 'Que pessoa ou setor {v} {o}?']
ASK_WHAT = ['O que {a} {v} {t}?', 'O que {a} {v}?']
ASK_WHEN = ['Quando {a} {v} {o}?', 'Em que momento {a} {v} {o}?', 'Em que prazo {a} {v} {o}?']
ASK_WHERE = ['Onde {a} {v} {o}?', 'Em que lugar {a} {v} {o}?']
ASK_WHY = ['Por que {a} {v} {o}?', 'Por qual motivo {a} {v} {o}?']

ASK = ['O que diz o texto sobre {x}?', 'O que se sabe sobre {x}?', 'Qual é a regra para {x}?', 'Como funciona {x}?', 'Fale sobre {x}.', '{x}?', 'Há informação sobre {x}?', 'Qual {x}?', 'O que dizem as fontes sobre {x}?', 'Quero saber sobre {x}', 'me fale de {x}', 'Quando {x}?', 'Quem {x}?', 'Onde {x}?', 'Como {x}?', 'Quanto {x}?', 'Preciso saber de {x}.']
NUMBERED = (['O prazo para {x} é de {v}.', 'O limite de {x} é {v}.', 'Para {x}, o valor é de {v}.', '{x}: {v}.', 'A taxa de {x} custa {v}.', 'Em caso de {x}, aplica-se {v}.'], ['Qual é o prazo para {x}?', 'Qual é o limite de {x}?', 'Quanto é o valor de {x}?', 'Qual o prazo de {x}?', 'Quanto custa {x}?', 'Qual é a taxa de {x}?', 'O que se aplica em caso de {x}?'])
LINK = 'de da do para com em na no ao por sem sobre dos das pela'.split()
DET = 'o a os as um uma cada todo este nossa'.split()
SYSTEM = 'Responda à pergunta usando apenas as fontes. Cite a fonte como [n]. Se as fontes não respondem, diga que não sabe.'
UNKNOWN = 'Não sei: as fontes não respondem.'
QUESTION = 'Pergunta: '
GREETINGS = ['Olá', 'Oi', 'Bom dia', 'Boa tarde', 'Boa noite', 'Olá!', 'Oi!', 'Oi, tudo bem?', 'Olá, tudo bem?', 'E aí', 'Opa', 'Bom dia!', 'Boa tarde!', 'oi', 'olá', 'Alô', 'Saudações', 'Olá, bom dia', 'Oi, boa tarde!', 'Oi, como vai?', 'Oie', 'Olá, nano']
GREETING = 'Olá! Faça uma pergunta e eu procuro a resposta nos documentos.'
NAMED = (['Olá, me chamo {n}', 'Oi, eu sou {n}', 'Olá, meu nome é {n}.', 'Oi! Aqui é {n}'], 'Olá, {n}! Faça uma pergunta e eu procuro a resposta nos documentos.')
THANKS = (['Obrigado', 'Obrigada', 'Obrigado!', 'Muito obrigado!', 'Valeu', 'Obrigada pela ajuda', 'Agradeço', 'Valeu!'], 'De nada!')
WHO = (['Quem é você?', 'O que é você?', 'Qual é o seu nome?', 'Você é um robô?', 'Que modelo é você?', 'Quem te criou?', 'Você é uma pessoa?', 'O que você faz?', 'O que você sabe fazer?', 'Quem é vc?', 'Se apresente', 'Qual o seu nome?', 'Com quem estou falando?', 'Você é uma IA?', 'Quem é você'], 'Sou o nano, um LLaMA muito pequeno que acompanha o Billumy. Respondo a perguntas simples copiando a frase dos documentos que responde.')

RELATIONS += """
topic term
O prazo para {e} é de {v}.
Para {e}, o prazo é de {v}.
? Qual é o prazo para {e}?
? Qual o prazo de {e}?

topic count
O limite de {e} é {v}.
O máximo de {e} permitido é {v}.
? Qual é o limite de {e}?
? Qual o limite para {e}?
? Qual é o máximo de {e} permitido?

topic money
A taxa de {e} custa {v}.
Para {e}, cobra-se {v}.
O valor de {e} é {v}.
? Quanto custa {e}?
? Qual é a taxa de {e}?
? Qual é o valor de {e}?

topic rolewho
Quem cuida de {e} é o {v}.
O {v} é responsável por {e}.
? Quem cuida de {e}?
? Quem é responsável por {e}?

topic place
O item {e} está {v}.
{e} deve ficar {v}.
? Onde deve ficar {e}?
? Onde está {e}?

topic weekday
O serviço de {e} ocorre toda {v}.
Fazemos {e} toda {v}.
? Em que dia ocorre o serviço de {e}?
? Quando fazemos {e}?

topic percent
A alíquota de {e} é de {v}.
O desconto para {e} é de {v}.
? Qual é a alíquota de {e}?
? Qual é o desconto para {e}?

topic topic
O requisito para {e} é {v}.
Para obter {e}, é preciso {v}.
? Qual é o requisito para {e}?
? O que é preciso para obter {e}?
"""
del NUMBERED
STOP = set('qual quais quem que quando onde como por para pelo pela com sem sobre de da do das dos em na no nas nos o a os as um uma é e ou ao aos à às se em até eu meu minha seu sua ser são está'.split())
LOWER = set('O A Os As Para Em No Na Cada Quem Um Uma Todo Toda São Depois Ao Por Até Pelo Pela Nosso Nossa É Há'.split())
TITLE_ASK = ['Segundo {t}, {q}', 'De acordo com {t}, {q}', 'Em {t}, {q}', 'No documento {t}, {q}']
HEADS = 'Filial;Unidade;Contrato;Loja;Manual;Regulamento;Cliente;Edital;Plano;Acordo;Guia'.split(';')
INTRO = ['Confira os pontos principais:', 'Resumo:', 'As regras são:', 'Veja a lista:', 'Itens:', 'Tabela de valores:', 'Em resumo:', 'Pontos de atenção:']

# Rules: what is, must or may be done to things. Infinitive and participle without its ending.
RULE_VERBS = [tuple(x.split()) for x in """aprova aprovar aprovad;revisa revisar revisad;envia enviar enviad;assina assinar assinad;recebe receber recebid;confere conferir conferid;arquiva arquivar arquivad;cancela cancelar cancelad;solicita solicitar solicitad;atualiza atualizar atualizad;publica publicar publicad;paga pagar pag;autoriza autorizar autorizad;registra registrar registrad;avalia avaliar avaliad;devolve devolver devolvid;guarda guardar guardad;imprime imprimir impress;verifica verificar verificad;emite emitir emitid;renova renovar renovad;divulga divulgar divulgad;inspeciona inspecionar inspecionad;instala instalar instalad;substitui substituir substituíd;testa testar testad;vende vender vendid;compra comprar comprad;descarta descartar descartad;libera liberar liberad;bloqueia bloquear bloquead;reembolsa reembolsar reembolsad;troca trocar trocad;parcela parcelar parcelad;reserva reservar reservad;compartilha compartilhar compartilhad;anexa anexar anexad;limpa limpar limp;retira retirar retirad;leva levar levad;usa usar usad;digitaliza digitalizar digitalizad;comunica comunicar comunicad""".split(';')]
RULE_OBJECTS = OBJECTS + """as compras;as bebidas alcoólicas;os produtos em promoção;as viagens internacionais;os pen drives;as multas de trânsito;os vales-presente;os itens com defeito;as horas extras;os dias de folga;as passagens;as notas de táxi;os celulares pessoais;os visitantes;os estacionamentos;as encomendas frágeis;os chamados críticos;as contas de usuário;os dados dos clientes;os brindes;as visitas;os documentos originais;as refeições;os trabalhos remotos;os cartões corporativos;as cópias de segurança;os arquivos confidenciais;as férias coletivas;os atestados;as inscrições""".split(';')
RULES = [  # sentence, questions; {O} is the thing with a capital letter, {p} the participle, {by} who does it
    ('{O} são {p} {by}.', ['Quem {v} {o}?', 'Por quem são {p} {o}?']),
    ('{O} são {p} {by} {t}.', ['Quem {v} {o}?', '{w} são {p} {o}?']),
    ('{O} devem ser {p} {t}.', ['{w} devo {i} {o}?', '{w} devem ser {p} {o}?', '{w} {o} devem ser {p}?']),
    ('{O} só podem ser {p} {t}.', ['{w} posso {i} {o}?', '{w} {o} podem ser {p}?']),
    ('{O} não podem ser {p}.', ['Posso {i} {o}?', '{O} podem ser {p}?', 'É permitido {i} {o}?']),
    ('{O} não são {p}.', ['{O} são {p}?', 'Vocês {v}m {o}?']),
    ('{O} podem ser {p} {t}.', ['{w} {o} podem ser {p}?', 'Posso {i} {o}?', '{w} posso {i} {o}?']),
    ('É proibido {i} {o} {t}.', ['É permitido {i} {o}?', 'Posso {i} {o}?', 'O que é proibido {i}?']),
    ('É obrigatório {i} {o} {t}.', ['É obrigatório {i} {o}?', 'Preciso {i} {o}?', '{w} é obrigatório {i} {o}?']),
    ('{O} precisam da aprovação {of}.', ['Quem aprova {o}?', 'Quem precisa aprovar {o}?', 'De quem é a aprovação para {o}?']),
    ('{O} acima de {m} são {p} {by}.', ['Quem {v} {o} acima de {m}?', 'O que acontece com {o} acima de {m}?']),
    ('{O} acima de {m} devem ser {p} {t}.', ['{w} devo {i} {o} acima de {m}?', 'O que fazer com {o} acima de {m}?']),
    ('Em caso de {x}, comunique {a} {t}.', ['O que fazer em caso de {x}?', 'Quem devo comunicar em caso de {x}?']),
    ('Em caso de {x}, procure {a}.', ['O que fazer em caso de {x}?', 'Quem devo procurar em caso de {x}?']),
    ('Após {n} {x}, {a} {v} {o}.', ['O que acontece após {n} {x}?', 'Quem {v} {o}?']),
    ('Quem perder {o} deve avisar {a} {t}.', ['O que fazer se eu perder {o}?', 'Quem devo avisar se perder {o}?', 'E se eu perder {o}?']),
    ('Para {i} {o}, use o sistema {s}.', ['Como {i} {o}?', 'Que sistema usar para {i} {o}?', 'O que usar para {i} {o}?']),
    ('Para {i} {o}, preencha o formulário {c}.', ['Como {i} {o}?', 'Que formulário preencher para {i} {o}?']),
    ('{X} vence em {d}.', ['Quando vence {x}?', 'Em quanto tempo vence {x}?']),
    ('{X}: {k}.', ['Qual é o valor de {x}?', 'Qual é {x}?', '{x}?', 'Qual o {x}?', 'Quanto é {x}?']),
    ('O limite de {x} é de {m} {h} e de {m2} nas demais.', ['Qual é o limite de {x}?', 'Qual o limite de {x}?']),
    ('Compras de {x} acima de {m} têm {k} de desconto.', ['Qual é o desconto para compras de {x} acima de {m}?', 'Que desconto têm as compras de {x}?']),
]
ASKING = {'when': 'Quando', 'where': 'Onde', 'why': 'Por que'}
INCIDENTS = """perda ou roubo;incêndio;acidente;atraso na entrega;queda de energia;vazamento;erro no pagamento;doença;produto com defeito;cobrança indevida;falha no sistema;esquecimento da senha;furto do notebook;dúvida sobre o contrato;falta de estoque;extravio de bagagem;mudança de endereço;tentativas incorretas;faltas sem justificativa;avisos por escrito;denúncia anônima""".split(';')
THINGS = """vale-refeição;vale-transporte;seguro de vida;plano de saúde;plano odontológico;auxílio-creche;frete expresso;taxa de entrega;diária de hotel;mensalidade;taxa de matrícula;o boleto;a fatura;a licença;a garantia estendida;o certificado;a carteirinha;o cartão de visita;a anuidade;a hora extra;a senha temporária;o contrato de aluguel;a apólice;o passaporte;a assinatura digital;almoço executivo;estacionamento;bicicletário;aluguel do salão""".split(';')
